namespace AlignBench.Regression;

/// <summary>
/// Leave-one-out errors of ridge with a free intercept, in closed form (Golub, Heath and Wahba 1979): the
/// error of row i is its residual over 1 − h_i, h_i = 1/n + Σ_j U_ij² l_j / (l_j + α) its leverage.
/// </summary>
internal static class LeaveOneOut
{
    /// <summary>Mean over rows and targets of the squared error, a value for each α.</summary>
    /// <param name="decomposition">Of the n training rows.</param>
    /// <param name="targets">Of the same rows.</param>
    /// <param name="alphas">Positive.</param>
    /// <returns>[alphas]; infinite or NaN where a row has leverage 1 to the last bit.</returns>
    public static double[] MeanSquaredErrors(
        RidgeDecomposition decomposition, RidgeTargets targets, double[] alphas)
    {
        int n = decomposition.Basis.Rows;
        int t = targets.Means.Length;
        Matrix residuals = new(n, t);
        double[] errors = new double[alphas.Length];
        for (int a = 0; a < alphas.Length; a++)
        {
            targets.WriteResiduals(alphas[a], residuals);
            double[] free = FreeShares(decomposition, alphas[a]);
            double sum = 0.0;
            for (int i = 0; i < n; i++)
            {
                sum += SumOfSquares(residuals.Row(i)) / (free[i] * free[i]);
            }

            errors[a] = sum / n / t;
        }

        return errors;
    }

    /// <summary>Mean over rows of the squared error, for each target and α.</summary>
    /// <inheritdoc cref="MeanSquaredErrors"/>
    /// <returns>[t, alphas].</returns>
    public static Matrix MeanSquaredErrorsByTarget(
        RidgeDecomposition decomposition, RidgeTargets targets, double[] alphas)
    {
        int n = decomposition.Basis.Rows;
        int t = targets.Means.Length;
        Matrix residuals = new(n, t);
        Matrix errors = new(t, alphas.Length);
        for (int a = 0; a < alphas.Length; a++)
        {
            targets.WriteResiduals(alphas[a], residuals);
            double[] free = FreeShares(decomposition, alphas[a]);
            for (int i = 0; i < n; i++)
            {
                Span<double> row = residuals.Row(i);
                for (int j = 0; j < t; j++)
                {
                    double error = row[j] / free[i];
                    errors.Values[(j * alphas.Length) + a] += error * error / n;
                }
            }
        }

        return errors;
    }

    // 1 − h_i, [n]. With a complete basis Σ_j U_ij² = 1 − 1/n, so that it is a sum of positive terms only.
    private static double[] FreeShares(RidgeDecomposition decomposition, double alpha)
    {
        Matrix basis = decomposition.Basis;
        double[] shrinkage = decomposition.Shrinkage(alpha);
        double[] free = new double[basis.Rows];
        for (int i = 0; i < free.Length; i++)
        {
            Span<double> row = basis.Row(i);
            double shrunk = 0.0;
            double inside = 0.0;
            for (int j = 0; j < row.Length; j++)
            {
                double square = row[j] * row[j];
                shrunk += square * shrinkage[j];
                inside += square;
            }

            double outside = 1.0 - (1.0 / free.Length) - inside;
            free[i] = shrunk + (decomposition.IsComplete ? 0.0 : Math.Max(0.0, outside));
        }

        return free;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values)
    {
        double sum = 0.0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}
