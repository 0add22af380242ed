using AlignBench.Features;
using AlignBench.Similarity.Geometry;

namespace AlignBench.Similarity.KernelAlignment;

/// <summary>
/// Centred kernel alignment (Kornblith et al. 2019, arXiv:1905.00414): HSIC(K, L) / √(HSIC(K, K) HSIC(L, L)), 1 for
/// equal spaces up to rotation and scale.
/// </summary>
public static class Cka
{
    // Up to here the matrix is kept, so that a permutation costs n² steps; beyond, it would cost too much memory.
    private const int LargestGram = 2048;

    /// <summary>With the linear kernel: |Xcᵀ Yc|² / (|Xcᵀ Xc| |Ycᵀ Yc|), columns centred.</summary>
    /// <returns>0 to 1.</returns>
    public static double Linear(FeatureMatrix x, FeatureMatrix y) =>
        LinearSide(x, CkaForm.Biased).Score(LinearSide(y, CkaForm.Biased));

    /// <summary>With the unbiased estimator of HSIC (Song et al. 2012), whose mean over unrelated sets is 0.</summary>
    /// <returns>Up to 1; may be negative.</returns>
    public static double LinearUnbiased(FeatureMatrix x, FeatureMatrix y) =>
        LinearSide(x, CkaForm.Unbiased).Score(LinearSide(y, CkaForm.Unbiased));

    /// <summary>With exp(−d² / (2 σ²)), σ² = f² times the median of the squared distances of each set.</summary>
    public static double Rbf(FeatureMatrix x, FeatureMatrix y, double medianFactor) =>
        MedianRbfSide(x, medianFactor, CkaForm.Biased).Score(MedianRbfSide(y, medianFactor, CkaForm.Biased));

    /// <inheritdoc cref="Rbf"/>
    public static double RbfUnbiased(FeatureMatrix x, FeatureMatrix y, double medianFactor) =>
        MedianRbfSide(x, medianFactor, CkaForm.Unbiased).Score(MedianRbfSide(y, medianFactor, CkaForm.Unbiased));

    internal static MetricSide LinearSide(FeatureMatrix x, CkaForm form)
    {
        FeatureMatrix centred = RowTransforms.Centred(x);
        return x.Rows <= LargestGram
            ? new GramSide(x.Rows, Kernels.Linear(centred), form)
            : new LinearSide(centred, form);
    }

    internal static MetricSide RbfSide(FeatureMatrix x, double sigma, CkaForm form) =>
        new GramSide(x.Rows, Kernels.Gaussian(Kernels.SquaredDistances(x), sigma * sigma), form);

    internal static MetricSide MedianRbfSide(FeatureMatrix x, double medianFactor, CkaForm form)
    {
        double[] squared = Kernels.SquaredDistances(x);
        double sigmaSquared = medianFactor * medianFactor * Kernels.MedianOfPairs(x.Rows, squared);
        return new GramSide(x.Rows, Kernels.Gaussian(squared, sigmaSquared), form);
    }
}
