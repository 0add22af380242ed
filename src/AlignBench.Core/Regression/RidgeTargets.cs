namespace AlignBench.Regression;

/// <summary>
/// The targets of one fold's training rows, centred and taken to the axes of a decomposition.
/// </summary>
internal sealed class RidgeTargets
{
    private readonly RidgeDecomposition _decomposition;
    private readonly Matrix _remainder;           // (I − UUᵀ) Yc, [n, t]; [0, 0] when U is complete

    /// <param name="decomposition">Of the n training rows.</param>
    /// <param name="y">[n, t], any unit; not centred yet.</param>
    public RidgeTargets(RidgeDecomposition decomposition, Matrix y)
    {
        _decomposition = decomposition;
        Means = ColumnScale.MeansOf(y);
        Matrix centred = ColumnScale.Subtract(y, Means);
        Coordinates = decomposition.Basis.TransposedTimes(centred);
        _remainder = centred;
        if (decomposition.IsComplete)
        {
            _remainder = new Matrix(0, 0);
        }
        else
        {
            _remainder.Add(-1.0, decomposition.Basis, Coordinates);
        }
    }

    /// <summary>ȳ, [t]: the intercepts.</summary>
    public double[] Means { get; }

    /// <summary>Z = Uᵀ Yc, [k, t].</summary>
    public Matrix Coordinates { get; }

    /// <summary>ȳ + P diag(1 / (l + α)) Z, [m, t].</summary>
    /// <param name="projection">P, [m, k], from <see cref="RidgeDecomposition.Project"/>.</param>
    /// <param name="alpha">Positive.</param>
    public Matrix Predict(Matrix projection, double alpha)
    {
        Matrix predictions = RowsOf(Means, projection.Rows);
        predictions.Add(1.0, projection.ScaleColumns(_decomposition.Weights(alpha)), Coordinates);
        return predictions;
    }

    /// <summary>
    /// Residuals of the training rows at α, [n, t], written over <paramref name="residuals"/>.
    /// </summary>
    public void WriteResiduals(double alpha, Matrix residuals)
    {
        if (_decomposition.IsComplete)
        {
            Array.Clear(residuals.Values);
        }
        else
        {
            _remainder.Values.CopyTo(residuals.Values, 0);
        }

        residuals.Add(1.0, _decomposition.Basis.ScaleColumns(_decomposition.Shrinkage(alpha)), Coordinates);
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
