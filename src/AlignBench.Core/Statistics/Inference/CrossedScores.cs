using AlignBench.Statistics.Generators;

namespace AlignBench.Statistics.Inference;

/// <summary>
/// A score for each pair of a row model and a column model (vision and language). Pairs that share a model
/// are not independent: eight pairs of two and four models hold less than eight observations, which a t test
/// over pairs does not know. The means over one side, and a bootstrap of models instead of pairs, do.
/// </summary>
public sealed class CrossedScores
{
    private readonly double[] _values;

    /// <param name="rows">Names of the row models.</param>
    /// <param name="columns">Names of the column models.</param>
    /// <param name="values">[rows * columns], row by row.</param>
    /// <exception cref="ArgumentException">The count does not fit, or a side is empty.</exception>
    public CrossedScores(IReadOnlyList<string> rows, IReadOnlyList<string> columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0 || values.Length != rows.Count * columns.Count)
        {
            throw new ArgumentException(
                $"expected {rows.Count} x {columns.Count} scores, got {values.Length}");
        }

        Rows = rows;
        Columns = columns;
        _values = values;
    }

    public IReadOnlyList<string> Rows { get; }

    public IReadOnlyList<string> Columns { get; }

    public double this[int row, int column] => _values[(row * Columns.Count) + column];

    /// <summary>Mean of all pairs.</summary>
    public double Mean => Moments.Mean(_values);

    /// <summary>[rows], each row model's mean over the column models.</summary>
    public double[] RowMeans() => [.. Enumerable.Range(0, Rows.Count)
        .Select(row => Enumerable.Range(0, Columns.Count).Average(column => this[row, column]))];

    /// <summary>[columns], each column model's mean over the row models.</summary>
    public double[] ColumnMeans() => [.. Enumerable.Range(0, Columns.Count)
        .Select(column => Enumerable.Range(0, Rows.Count).Average(row => this[row, column]))];

    /// <summary>This minus other, pair by pair: the same models under two conditions.</summary>
    /// <exception cref="ArgumentException">The models differ.</exception>
    public CrossedScores Minus(CrossedScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rows.SequenceEqual(other.Rows) && Columns.SequenceEqual(other.Columns)
            ? new CrossedScores(Rows, Columns, [.. _values.Zip(other._values, (a, b) => a - b)])
            : throw new ArgumentException("the two conditions are not of the same models", nameof(other));
    }

    /// <summary>
    /// The mean with row models and column models each drawn again with replacement (the pigeonhole
    /// bootstrap, Owen 2007): a spread for claims about models beyond these. Few models make it coarse: two
    /// row models give three draws.
    /// </summary>
    /// <param name="resamples">2 or more.</param>
    /// <param name="seed">Of <see cref="NumPyRandom"/>; a resample draws its rows, then its columns.</param>
    public BootstrapDistribution ResampleModels(int resamples, uint seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 2);
        NumPyRandom random = new(seed);
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++)
        {
            int[] rows = Draw(Rows.Count);
            int[] columns = Draw(Columns.Count);
            means[i] = rows.Average(row => columns.Average(column => this[row, column]));
        }

        return new BootstrapDistribution(Mean, means);

        int[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextAtMost(count - 1))];
    }
}
