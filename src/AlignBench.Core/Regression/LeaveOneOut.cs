namespace AlignBench.Regression;

/// <summary>
/// Leave-one-out errors of ridge with a free intercept over a grid of α, in closed form (Golub, Heath and
/// Wahba 1979): the error of row i is its residual over 1 − h_i, h_i = 1/n + Σ_j U_ij² l_j / (l_j + α) its
/// leverage.
/// </summary>
internal sealed class LeaveOneOut
{
    private readonly RidgeDecomposition _decomposition;
    private readonly Matrix _shrinkage;           // α / (l + α), [alphas, k]
    private readonly Matrix _freeShares;          // 1 − h_i, [alphas, n]

    /// <param name="decomposition">Of the n training rows.</param>
    /// <param name="alphas">Positive.</param>
    public LeaveOneOut(RidgeDecomposition decomposition, double[] alphas)
    {
        _decomposition = decomposition;
        double[] shrinkage = [.. alphas.SelectMany(decomposition.Shrinkage)];
        _shrinkage = new Matrix(alphas.Length, decomposition.Spectrum.Length, shrinkage);
        _freeShares = FreeShares();
    }

    /// <summary>Mean over rows and targets of the squared error, a value for each α.</summary>
    /// <returns>[alphas]; infinite or NaN where a row has leverage 1 to the last bit.</returns>
    public double[] MeanSquaredErrors(RidgeTargets targets)
    {
        Matrix squares = new ResidualNorms(_decomposition, targets).Of(_shrinkage);
        double[] errors = new double[squares.Rows];
        for (int a = 0; a < errors.Length; a++)
        {
            double sum = 0.0;
            for (int i = 0; i < squares.Columns; i++)
            {
                double free = _freeShares[a, i];
                sum += squares[a, i] / (free * free);
            }

            errors[a] = sum / squares.Columns / targets.Means.Length;
        }

        return errors;
    }

    /// <summary>Mean over rows of the squared error, for each target and α.</summary>
    /// <returns>[t, alphas].</returns>
    public Matrix MeanSquaredErrorsByTarget(RidgeTargets targets)
    {
        int n = _decomposition.Basis.Rows;
        int t = targets.Means.Length;
        Matrix errors = new(t, _shrinkage.Rows);
        for (int a = 0; a < _shrinkage.Rows; a++)
        {
            Matrix residuals = targets.Residuals(_shrinkage.Row(a));
            for (int i = 0; i < n; i++)
            {
                Span<double> row = residuals.Row(i);
                double free = _freeShares[a, i];
                for (int j = 0; j < t; j++)
                {
                    double error = row[j] / free;
                    errors.Values[(j * _shrinkage.Rows) + a] += error * error / n;
                }
            }
        }

        return errors;
    }

    // With a complete basis Σ_j U_ij² = 1 − 1/n, so that 1 − h_i is a sum of positive terms only.
    private Matrix FreeShares()
    {
        Matrix basis = _decomposition.Basis;
        Matrix free = _shrinkage.TimesTransposed(basis.TimesElements(basis));
        if (!_decomposition.IsComplete)
        {
            for (int i = 0; i < basis.Rows; i++)
            {
                double inside = VectorMath.Dot(basis.Row(i), basis.Row(i));
                double outside = Math.Max(0.0, 1.0 - (1.0 / basis.Rows) - inside);
                for (int a = 0; a < free.Rows; a++)
                {
                    free.Row(a)[i] += outside;
                }
            }
        }

        return free;
    }
}
