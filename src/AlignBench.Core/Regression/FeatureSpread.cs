using AlignBench.Features;
using AlignBench.Interop.Lapack;
using AlignBench.Regression.Algebra;

namespace AlignBench.Regression;

/// <summary>
/// How much features vary, and over how many directions: what averaging does to them besides keeping what is shared.
/// </summary>
/// <param name="TotalVariance">Sum over features of the population variance, in squared units of the features.</param>
/// <param name="EffectiveRank">
/// exp(−Σ p ln p), p the singular values of the centred features over their sum (Roy and Vetterli 2007): 1 for one
/// direction, min(n − 1, d) for equal ones.
/// </param>
/// <param name="ParticipationRatio">(Σ λ)² / Σ λ² of the covariance's eigenvalues, between the same bounds.</param>
public sealed record FeatureSpread(double TotalVariance, double EffectiveRank, double ParticipationRatio)
{
    /// <param name="features">[n, d], finite.</param>
    /// <returns>Ranks are NaN for features that do not vary.</returns>
    public static FeatureSpread Of(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        Matrix x = Matrix.Of(features);
        Matrix centred = ColumnScale.WithoutConstants(x).Centre(x);
        Matrix product = centred.Columns <= centred.Rows ? centred.Covariance() : centred.Gram();
        double[] values = Factorization.SymmetricEigen(product.Rows, product.Values);
        double floor = values[^1] * Math.Max(x.Rows, x.Columns) * RidgeDecomposition.Epsilon;
        double[] present = [.. values.Where(value => value > floor)];      // the rest are zeros but for rounding
        double sum = present.Sum();
        double roots = present.Sum(Math.Sqrt);
        double entropy = -present.Sum(value => Math.Sqrt(value) / roots * Math.Log(Math.Sqrt(value) / roots));
        return present.Length == 0
            ? new FeatureSpread(0.0, double.NaN, double.NaN)
            : new FeatureSpread(sum / x.Rows, Math.Exp(entropy), sum * sum / present.Sum(value => value * value));
    }

    /// <summary>The sum over features of the population variance alone, without a decomposition.</summary>
    public static double TotalOf(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        double sum = 0.0;
        foreach (double deviation in ColumnScale.WithoutConstants(Matrix.Of(features)).Deviations)
        {
            sum += deviation * deviation;
        }

        return sum;
    }
}
