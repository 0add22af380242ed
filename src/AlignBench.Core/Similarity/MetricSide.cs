using AlignBench.Features;

namespace AlignBench.Similarity;

/// <summary>
/// One set's features as one metric needs them, so that pairings with another set can be scored many times. Both
/// sides of a score are made by the same metric with the same options.
/// </summary>
public abstract class MetricSide
{
    /// <summary>n, items.</summary>
    public abstract int Rows { get; }

    /// <summary>Mutual kNN's score of unrelated spaces; NaN where chance has no closed form.</summary>
    public virtual double Chance => double.NaN;

    /// <summary>The score where item i of this side meets item pairing[i] of the other.</summary>
    /// <param name="other">Of the same metric and n.</param>
    /// <param name="pairing">[n], a permutation.</param>
    public abstract double Score(MetricSide other, ReadOnlySpan<int> pairing);

    /// <summary>The score of items drawn with replacement, each with its own partner.</summary>
    /// <param name="other">Of the same metric and n.</param>
    /// <param name="rows">[n], items drawn.</param>
    public abstract double Resample(MetricSide other, ReadOnlySpan<int> rows);

    /// <summary>The score where item i meets item i.</summary>
    public double Score(MetricSide other) => Score(other, Identity(Rows));

    /// <summary>0 ... n - 1.</summary>
    internal static int[] Identity(int n) => [.. Enumerable.Range(0, n)];

    /// <exception cref="ArgumentException">The other side is another metric's or of another length.</exception>
    internal T Paired<T>(MetricSide other)
        where T : MetricSide
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other is not T own || other.Rows != Rows)
        {
            throw new ArgumentException(
                $"expected {Rows} rows of {GetType().Name}, got {other.Rows} of {other.GetType().Name}");
        }

        return own;
    }

    /// <summary>How often each of n items was drawn.</summary>
    internal static double[] Counts(int n, ReadOnlySpan<int> rows)
    {
        double[] counts = new double[n];
        foreach (int row in rows)
        {
            counts[row]++;
        }

        return counts;
    }
}

/// <summary>A side whose score of drawn items is that of the drawn rows.</summary>
/// <param name="x">[n, d].</param>
/// <param name="again">Makes a side of other rows.</param>
public abstract class ResampledSide(FeatureMatrix x, Func<FeatureMatrix, MetricSide> again) : MetricSide
{
    private readonly FeatureMatrix _x = x;

    /// <inheritdoc/>
    public override int Rows => _x.Rows;

    /// <inheritdoc/>
    public override double Resample(MetricSide other, ReadOnlySpan<int> rows)
    {
        ResampledSide paired = Paired<ResampledSide>(other);
        return again(_x.SelectRows(rows)).Score(again(paired._x.SelectRows(rows)));
    }
}
