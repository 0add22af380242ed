namespace AlignBench.Regression;

/// <summary>
/// The targets of one fold's training rows, centred and taken to the axes of a decomposition.
/// </summary>
internal sealed class RidgeTargets
{
    private readonly RidgeDecomposition _decomposition;

    /// <param name="decomposition">Of the n training rows.</param>
    /// <param name="y">[n, t], any unit; not centred yet.</param>
    public RidgeTargets(RidgeDecomposition decomposition, Matrix y)
    {
        _decomposition = decomposition;
        Means = ColumnScale.MeansOf(y);
        Matrix centred = ColumnScale.Subtract(y, Means);
        Coordinates = decomposition.Basis.TransposedTimes(centred);
        if (!decomposition.IsComplete)
        {
            centred.Add(-1.0, decomposition.Basis, Coordinates);
            Remainder = centred;
        }
    }

    /// <summary>ȳ, [t]: the intercepts.</summary>
    public double[] Means { get; }

    /// <summary>Z = Uᵀ Yc, [k, t].</summary>
    public Matrix Coordinates { get; }

    /// <summary>(I − UUᵀ) Yc, [n, t]; null where U is complete and nothing remains.</summary>
    public Matrix? Remainder { get; }

    /// <summary>ȳ + P diag(1 / (l + α)) Z, [m, t].</summary>
    /// <param name="projection">P, [m, k], from <see cref="RidgeDecomposition.Project"/>.</param>
    /// <param name="alpha">Positive.</param>
    public Matrix Predict(Matrix projection, double alpha)
    {
        Matrix predictions = RowsOf(Means, projection.Rows);
        predictions.Add(1.0, projection.ScaleColumns(_decomposition.Weights(alpha)), Coordinates);
        return predictions;
    }

    /// <summary>Residuals of the training rows, [n, t].</summary>
    /// <param name="shrinkage">α / (l + α), [k], from <see cref="RidgeDecomposition.Shrinkage"/>.</param>
    public Matrix Residuals(double[] shrinkage)
    {
        Matrix residuals = Remainder?.Copy() ?? new Matrix(_decomposition.Basis.Rows, Means.Length);
        residuals.Add(1.0, _decomposition.Basis, Coordinates.ScaleRows(shrinkage));
        return residuals;
    }

    private static Matrix RowsOf(double[] row, int count)
    {
        Matrix rows = new(count, row.Length);
        for (int i = 0; i < count; i++)
        {
            row.CopyTo(rows.Row(i));
        }

        return rows;
    }
}
