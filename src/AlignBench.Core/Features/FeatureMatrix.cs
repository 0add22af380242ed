
namespace AlignBench.Features;

/// <summary>Features of n items: [n, d], row-major, float64 (stored float32 features widen exactly).</summary>
public sealed class FeatureMatrix
{
    /// <param name="rows">n, items.</param>
    /// <param name="columns">d, features an item.</param>
    /// <param name="values">[n * d], row-major; kept, not copied.</param>
    /// <exception cref="ArgumentException">The value count is not n * d.</exception>
    public FeatureMatrix(int rows, int columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.LongLength != (long)rows * columns)
        {
            throw new ArgumentException($"expected {rows} x {columns} values, got {values.LongLength}", nameof(values));
        }

        Rows = rows;
        Columns = columns;
        Values = values;
    }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>d.</summary>
    public int Columns { get; }

    /// <summary>[n * d], row-major. Treat as read-only.</summary>
    public double[] Values { get; }

    /// <summary>[d], row <paramref name="i"/>.</summary>
    public ReadOnlySpan<double> Row(int i) => Values.AsSpan(i * Columns, Columns);

    /// <summary>The given rows, in the given order.</summary>
    public FeatureMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        double[] selected = new double[(long)rows.Length * Columns];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(selected.AsSpan(i * Columns));
        }

        return new FeatureMatrix(rows.Length, Columns, selected);
    }

    /// <exception cref="ArgumentException">The row counts differ.</exception>
    public static void ThrowIfNotPaired(FeatureMatrix x, FeatureMatrix y)
    {
        if (x.Rows != y.Rows)
        {
            throw new ArgumentException($"rows must be paired: {x.Rows} against {y.Rows}");
        }
    }
}
