using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Regression.Algebra;

/// <summary>A dense float64 matrix, row-major, and the products the regressions are made of.</summary>
internal sealed class Matrix(int rows, int columns, double[] values)
{
    public Matrix(int rows, int columns)
        : this(rows, columns, new double[(long)rows * columns])
    {
    }

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public double[] Values { get; } = values;

    public double this[int row, int column] => Values[(row * Columns) + column];

    /// <summary>The same values, not a copy.</summary>
    public static Matrix Of(FeatureMatrix features) => new(features.Rows, features.Columns, features.Values);

    /// <summary>The same row <paramref name="count"/> times.</summary>
    public static Matrix OfEqualRows(double[] row, int count)
    {
        Matrix rows = new(count, row.Length);
        for (int i = 0; i < count; i++)
        {
            row.CopyTo(rows.Row(i));
        }

        return rows;
    }

    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static void ThrowIfNotFinite(FeatureMatrix features, string name)
    {
        int bad = features.Values.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (bad >= 0)
        {
            (int row, int column) = Math.DivRem(bad, features.Columns);
            throw new ArgumentException($"row {row}, column {column} is {features.Values[bad]}", name);
        }
    }

    public Span<double> Row(int i) => Values.AsSpan(i * Columns, Columns);

    public Matrix Copy() => new(Rows, Columns, [.. Values]);

    public Matrix SelectRows(int[] rows)
    {
        Matrix selected = new(rows.Length, Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(selected.Row(i));
        }

        return selected;
    }

    /// <summary>A B.</summary>
    public Matrix Times(Matrix b)
    {
        Matrix product = new(Rows, b.Columns);
        Blas.Multiply(Rows, b.Columns, Columns, 1.0, Plain(this), Plain(b), 0.0, product.Values);
        return product;
    }

    /// <summary>Aᵀ B.</summary>
    public Matrix TransposedTimes(Matrix b)
    {
        Matrix product = new(Columns, b.Columns);
        Blas.Multiply(Columns, b.Columns, Rows, 1.0, Transposed(this), Plain(b), 0.0, product.Values);
        return product;
    }

    /// <summary>A Bᵀ.</summary>
    public Matrix TimesTransposed(Matrix b)
    {
        Matrix product = new(Rows, b.Rows);
        Blas.Multiply(Rows, b.Rows, Columns, 1.0, Plain(this), Transposed(b), 0.0, product.Values);
        return product;
    }

    /// <summary>This matrix += α A B, in place.</summary>
    public void Add(double alpha, Matrix a, Matrix b) =>
        Blas.Multiply(Rows, Columns, a.Columns, alpha, Plain(a), Plain(b), 1.0, Values);

    /// <summary>A Aᵀ, [rows, rows].</summary>
    public Matrix Gram()
    {
        Matrix product = new(Rows, Rows);
        Blas.MultiplyBySelf(Rows, Columns, Plain(this), product.Values);
        return product;
    }

    /// <summary>Aᵀ A, [columns, columns].</summary>
    public Matrix Covariance()
    {
        Matrix product = new(Columns, Columns);
        Blas.MultiplyBySelf(Columns, Rows, Transposed(this), product.Values);
        return product;
    }

    /// <summary>A ∘ B, element by element.</summary>
    public Matrix TimesElements(Matrix b)
    {
        Matrix product = new(Rows, Columns);
        VectorMath.Multiply(Values, b.Values, product.Values);
        return product;
    }

    /// <summary>A diag(w).</summary>
    public Matrix ScaleColumns(ReadOnlySpan<double> w)
    {
        Matrix scaled = new(Rows, Columns);
        for (int i = 0; i < Rows; i++)
        {
            VectorMath.Multiply(Row(i), w, scaled.Row(i));
        }

        return scaled;
    }

    /// <summary>diag(w) A.</summary>
    public Matrix ScaleRows(ReadOnlySpan<double> w)
    {
        Matrix scaled = new(Rows, Columns);
        for (int i = 0; i < Rows; i++)
        {
            VectorMath.Scale(Row(i), w[i], scaled.Row(i));
        }

        return scaled;
    }

    /// <summary>Rows first … last − 1.</summary>
    public Matrix SelectRows(int first, int last) =>
        new(last - first, Columns, Values[(first * Columns)..(last * Columns)]);

    /// <summary>Columns first … last − 1.</summary>
    public Matrix SelectColumns(int first, int last)
    {
        Matrix selected = new(Rows, last - first);
        for (int i = 0; i < Rows; i++)
        {
            Row(i)[first..last].CopyTo(selected.Row(i));
        }

        return selected;
    }

    /// <summary>The given columns, in the given order.</summary>
    public Matrix SelectColumns(int[] columns)
    {
        Matrix selected = new(Rows, columns.Length);
        for (int i = 0; i < Rows; i++)
        {
            Span<double> from = Row(i);
            Span<double> to = selected.Row(i);
            for (int j = 0; j < to.Length; j++)
            {
                to[j] = from[columns[j]];
            }
        }

        return selected;
    }

    /// <summary>Undoes <see cref="SelectColumns(int[])"/> of all columns.</summary>
    public Matrix ReorderColumns(int[] columns)
    {
        int[] places = new int[columns.Length];
        for (int j = 0; j < places.Length; j++)
        {
            places[columns[j]] = j;
        }

        return SelectColumns(places);
    }

    /// <summary>Columns without a value other than 0.</summary>
    public int CountZeroColumns()
    {
        bool[] hasValue = new bool[Columns];
        for (int i = 0; i < Rows; i++)
        {
            Span<double> row = Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                hasValue[j] |= row[j] != 0.0;
            }
        }

        return hasValue.Count(has => !has);
    }

    /// <summary>Rows, equal ones counted once.</summary>
    public int CountDistinctRows()
    {
        int[] order = [.. Enumerable.Range(0, Rows)];
        Array.Sort(order, (a, b) => Row(a).SequenceCompareTo(Row(b)));
        int distinct = Math.Min(1, Rows);
        for (int i = 1; i < Rows; i++)
        {
            distinct += Row(order[i]).SequenceEqual(Row(order[i - 1])) ? 0 : 1;
        }

        return distinct;
    }

    /// <summary>L of A = L Q, [rows, min(rows, columns)]: row lengths of M L are those of M A.</summary>
    public Matrix LowerTriangle() =>
        new(Rows, Math.Min(Rows, Columns), Factorization.LowerTriangle(Rows, Columns, [.. Values]));

    public Matrix Transpose()
    {
        const int side = 32;                       // of the tiles: both sides of one stay in cache
        Matrix transposed = new(Columns, Rows);
        for (int top = 0; top < Rows; top += side)
        {
            for (int left = 0; left < Columns; left += side)
            {
                for (int i = top; i < Math.Min(top + side, Rows); i++)
                {
                    for (int j = left; j < Math.Min(left + side, Columns); j++)
                    {
                        transposed.Values[(j * Rows) + i] = Values[(i * Columns) + j];
                    }
                }
            }
        }

        return transposed;
    }

    private static RowMajor Plain(Matrix a) => new(a.Values, a.Columns);

    private static RowMajor Transposed(Matrix a) => new(a.Values, a.Columns, isTransposed: true);
}
