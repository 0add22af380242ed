
namespace AlignBench.Regression.Algebra;

/// <summary>
/// The targets of one fold's training rows, centred and taken to the axes of a decomposition.
/// </summary>
internal sealed class RidgeTargets
{
    private readonly RidgeDecomposition _decomposition;

    /// <param name="decomposition">Of the n training rows.</param>
    /// <param name="y">[n, t], any unit; not centred yet.</param>
    public RidgeTargets(RidgeDecomposition decomposition, Matrix y)
        : this(decomposition, y, ColumnScale.MeansOf(y), isCentred: false)
    {
    }

    /// <param name="decomposition">Of the n training rows.</param>
    /// <param name="centred">[n, t], or what stands for it (<see cref="FoldTargets.Reduced"/>).</param>
    /// <param name="means">[t], what was taken off.</param>
    public RidgeTargets(RidgeDecomposition decomposition, Matrix centred, double[] means)
        : this(decomposition, centred, means, isCentred: true)
    {
    }

    private RidgeTargets(RidgeDecomposition decomposition, Matrix y, double[] means, bool isCentred)
    {
        _decomposition = decomposition;
        Means = means;
        Matrix centred = isCentred ? y : ColumnScale.Subtract(y, means);
        Coordinates = decomposition.Basis.TransposedTimes(centred);
        if (!decomposition.IsComplete)
        {
            Remainder = isCentred ? centred.Copy() : centred;
            Remainder.Add(-1.0, decomposition.Basis, Coordinates);
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
    /// <param name="alphas">Positive; one for all targets, or one a target.</param>
    public Matrix Predict(Matrix projection, params double[] alphas)
    {
        Matrix predictions = Matrix.OfEqualRows(Means, projection.Rows);
        predictions.Add(1.0, projection, alphas.Length == 1
            ? Coordinates.ScaleRows(_decomposition.Weights(alphas[0]))
            : WeighColumns(alphas));
        return predictions;
    }

    /// <summary>Residuals of the training rows, [n, t].</summary>
    /// <param name="shrinkage">α / (l + α), [k], from <see cref="RidgeDecomposition.Shrinkage"/>.</param>
    public Matrix Residuals(ReadOnlySpan<double> shrinkage)
    {
        Matrix residuals = Remainder?.Copy() ?? new Matrix(_decomposition.Basis.Rows, Means.Length);
        residuals.Add(1.0, _decomposition.Basis, Coordinates.ScaleRows(shrinkage));
        return residuals;
    }

    // Column j of Z by the weights of its own α.
    private Matrix WeighColumns(double[] alphas)
    {
        Dictionary<double, double[]> weights = alphas.Distinct().ToDictionary(a => a, _decomposition.Weights);
        double[][] byColumn = [.. alphas.Select(alpha => weights[alpha])];
        Matrix weighed = Coordinates.Copy();
        for (int i = 0; i < weighed.Rows; i++)
        {
            Span<double> row = weighed.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] *= byColumn[j][i];
            }
        }

        return weighed;
    }
}
