using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Retrievals;

/// <summary>How much each of n items looks like each of c classes, higher for more.</summary>
/// <param name="Values">[n, c], any unit: cosines or logits.</param>
public sealed record ClassScores(FeatureMatrix Values)
{
    /// <summary>n.</summary>
    public int Items => Values.Rows;

    /// <summary>c.</summary>
    public int Classes => Values.Columns;

    /// <summary>x Wᵀ + b.</summary>
    /// <param name="x">[n, d].</param>
    /// <param name="weight">[c, d].</param>
    /// <param name="bias">[c], or null.</param>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    public static ClassScores Linear(FeatureMatrix x, FeatureMatrix weight, double[]? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Columns != weight.Columns)
        {
            throw new ArgumentException($"the items have {x.Columns} features, the classes {weight.Columns}");
        }

        double[] values = new double[checked(x.Rows * weight.Rows)];
        Blas.Multiply(
            x.Rows, weight.Rows, x.Columns, 1.0,
            new RowMajor(x.Values, x.Columns), new RowMajor(weight.Values, weight.Columns, isTransposed: true), 0.0, values);
        for (int i = 0; i < values.Length && bias is not null; i++)
        {
            values[i] += bias[i % bias.Length];
        }

        return new ClassScores(new FeatureMatrix(x.Rows, weight.Rows, values));
    }

    /// <summary>[n], each item's highest class, the lower one of equal ones.</summary>
    public int[] Predictions() => [.. Enumerable.Range(0, Items).Select(i => Best(i, 1)[0])];

    /// <summary>Share of items whose class is among their k highest; equal ones go to the lower class.</summary>
    /// <param name="labels">[n].</param>
    /// <param name="k">1 or more; more than c counts as c.</param>
    public double TopK(ReadOnlySpan<int> labels, int k)
    {
        int right = 0;
        for (int i = 0; i < Items; i++)
        {
            right += Best(i, k).Contains(labels[i]) ? 1 : 0;
        }

        return (double)right / Items;
    }

    /// <summary>The mean over the classes that occur of the share of their items that are found.</summary>
    /// <param name="labels">[n].</param>
    public double MeanPerClass(ReadOnlySpan<int> labels)
    {
        int[] predicted = Predictions();
        return labels.ToArray().Zip(predicted).GroupBy(pair => pair.First)
            .Average(own => own.Average(pair => pair.Second == pair.First ? 1.0 : 0.0));
    }

    /// <summary>softmax(scale times score), [n, c].</summary>
    /// <param name="scale">100 for cosines, as in CLIP.</param>
    public FeatureMatrix Probabilities(double scale)
    {
        double[] shares = new double[Values.Values.Length];
        for (int i = 0; i < Items; i++)
        {
            ReadOnlySpan<double> row = Values.Row(i);
            double highest = row[Best(i, 1)[0]];
            Span<double> own = shares.AsSpan(i * Classes, Classes);
            double sum = 0;
            for (int c = 0; c < Classes; c++)
            {
                own[c] = Math.Exp(scale * (row[c] - highest));
                sum += own[c];
            }

            foreach (ref double share in own)
            {
                share /= sum;
            }
        }

        return new FeatureMatrix(Items, Classes, shares);
    }

    private int[] Best(int item, int k)
    {
        double[] row = Values.Row(item).ToArray();
        return [.. Enumerable.Range(0, Classes).OrderByDescending(c => row[c]).ThenBy(c => c).Take(k)];
    }
}
