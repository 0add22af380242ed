namespace AlignBench.Regression;

/// <summary>
/// Leave-one-out errors of ridge with a free intercept over a grid of α, in closed form (Golub, Heath and
/// Wahba 1979): the error of row i is its residual over 1 − h_i, h_i = 1/n + Σ_j U_ij² l_j / (l_j + α) its
/// leverage.
/// </summary>
internal sealed class LeaveOneOut
{
    private readonly RidgeDecomposition _decomposition;
    private readonly double[] _alphas;
    private readonly Matrix _freeShares;          // 1 − h_i, [alphas, n]
    private readonly double[][] _shrinkage;       // α / (l + α), [alphas][k]

    /// <param name="decomposition">Of the n training rows.</param>
    /// <param name="alphas">Positive.</param>
    public LeaveOneOut(RidgeDecomposition decomposition, double[] alphas)
    {
        _decomposition = decomposition;
        _alphas = alphas;
        _shrinkage = [.. alphas.Select(decomposition.Shrinkage)];
        _freeShares = FreeShares();
    }

    /// <summary>Mean over rows and targets of the squared error, a value for each α.</summary>
    /// <returns>[alphas]; infinite or NaN where a row has leverage 1 to the last bit.</returns>
    public double[] MeanSquaredErrors(RidgeTargets targets)
    {
        ResidualNorms norms = new(_decomposition, targets);
        double[] errors = new double[_alphas.Length];
        for (int a = 0; a < errors.Length; a++)
        {
            double[] squares = norms.Of(_shrinkage[a]);
            Span<double> free = _freeShares.Row(a);
            double sum = 0.0;
            for (int i = 0; i < squares.Length; i++)
            {
                sum += squares[i] / (free[i] * free[i]);
            }

            errors[a] = sum / squares.Length / targets.Means.Length;
        }

        return errors;
    }

    /// <summary>Mean over rows of the squared error, for each target and α.</summary>
    /// <returns>[t, alphas].</returns>
    public Matrix MeanSquaredErrorsByTarget(RidgeTargets targets)
    {
        int n = _decomposition.Basis.Rows;
        int t = targets.Means.Length;
        Matrix errors = new(t, _alphas.Length);
        for (int a = 0; a < _alphas.Length; a++)
        {
            Matrix residuals = targets.Residuals(_shrinkage[a]);
            for (int i = 0; i < n; i++)
            {
                Span<double> row = residuals.Row(i);
                double free = _freeShares[a, i];
                for (int j = 0; j < t; j++)
                {
                    double error = row[j] / free;
                    errors.Values[(j * _alphas.Length) + a] += error * error / n;
                }
            }
        }

        return errors;
    }

    // With a complete basis Σ_j U_ij² = 1 − 1/n, so that 1 − h_i is a sum of positive terms only.
    private Matrix FreeShares()
    {
        Matrix basis = _decomposition.Basis;
        Matrix squares = new(basis.Rows, basis.Columns, [.. basis.Values.Select(value => value * value)]);
        Matrix shrinkage = new(_alphas.Length, basis.Columns, [.. _shrinkage.SelectMany(row => row)]);
        Matrix free = shrinkage.TimesTransposed(squares);
        if (!_decomposition.IsComplete)
        {
            for (int i = 0; i < basis.Rows; i++)
            {
                double inside = 0.0;
                foreach (double square in squares.Row(i))
                {
                    inside += square;
                }

                double outside = Math.Max(0.0, 1.0 - (1.0 / basis.Rows) - inside);
                for (int a = 0; a < _alphas.Length; a++)
                {
                    free.Row(a)[i] += outside;
                }
            }
        }

        return free;
    }
}
