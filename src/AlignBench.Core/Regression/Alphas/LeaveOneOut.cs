using AlignBench.Regression.Algebra;

namespace AlignBench.Regression.Alphas;

/// <summary>
/// Leave-one-out errors of ridge with a free intercept over a grid of α, in closed form (Golub, Heath and
/// Wahba 1979): the error of row i is its residual over 1 − h_i, h_i = 1/n + Σ_j U_ij² l_j / (l_j + α) its
/// leverage.
/// </summary>
internal sealed class LeaveOneOut
{
    // Rows between two looks at which α are still in the race: enough for the products, few enough to save some.
    private const int BlockRows = 48;

    // Products an α below which a whole curve takes no time worth saving.
    private const long SmallWork = 4_000_000;

    private readonly RidgeDecomposition _decomposition;
    private readonly Matrix _shrinkage;           // α / (l + α), [alphas, k]
    private readonly Matrix _freeShares;          // 1 − h_i, [alphas, n]
    private readonly Matrix _weights;             // 1 / (1 − h_i)², [alphas, n]

    /// <param name="decomposition">Of the n training rows.</param>
    /// <param name="alphas">Positive.</param>
    public LeaveOneOut(RidgeDecomposition decomposition, double[] alphas)
    {
        _decomposition = decomposition;
        double[] shrinkage = [.. alphas.SelectMany(decomposition.Shrinkage)];
        _shrinkage = new Matrix(alphas.Length, decomposition.Spectrum.Length, shrinkage);
        _freeShares = FreeShares();
        _weights = new Matrix(
            alphas.Length, _freeShares.Columns, [.. _freeShares.Values.Select(free => 1.0 / (free * free))]);
    }

    /// <summary>Mean over rows and targets of the squared error, a value for each α.</summary>
    /// <returns>
    /// [alphas]; infinite or NaN where a row has leverage 1 to the last bit; in a large problem also NaN where
    /// part of the rows showed the α to be neither the best nor the second (<see cref="AlphaRace"/>).
    /// </returns>
    public double[] MeanSquaredErrors(RidgeTargets targets)
    {
        ResidualNorms norms = new(_decomposition, targets);
        AlphaRace race = new(_weights, norms.Totals(_shrinkage));
        int n = _weights.Columns;
        int block = norms.Work > SmallWork ? BlockRows : n;
        for (int start = 0; start < n; start += block)
        {
            int[] rows = race.Order[start..Math.Min(start + block, n)];
            race.Add(norms.Of(_shrinkage.SelectRows(race.Running), rows));
        }

        return [.. race.Sums.Select(sum => sum / n / targets.Means.Length)];
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
