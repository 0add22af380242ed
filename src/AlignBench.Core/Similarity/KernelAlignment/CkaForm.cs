namespace AlignBench.Similarity.KernelAlignment;

/// <summary>Which estimator of HSIC a CKA is made of.</summary>
/// <param name="IsUnbiased">Song et al. 2012 without the diagonal, or Gretton et al. 2005 with it.</param>
/// <param name="Epsilon">Added to the normalizer: 0, or the 1e-6 of minyoungg/platonic-rep.</param>
internal sealed record CkaForm(bool IsUnbiased, double Epsilon)
{
    public static CkaForm Biased { get; } = new(false, 0.0);

    public static CkaForm Unbiased { get; } = new(true, 0.0);

    public static CkaForm PlatonicBiased { get; } = new(false, PlatonicEpsilon);

    public static CkaForm PlatonicUnbiased { get; } = new(true, PlatonicEpsilon);

    private const double PlatonicEpsilon = 1e-6;

    public double Hsic(HsicSums sums) => IsUnbiased ? sums.Unbiased : sums.Biased;

    /// <summary>HSIC(K, L) / (√(HSIC(K, K) HSIC(L, L)) + ε); NaN where a kernel is constant.</summary>
    public double Ratio(double shared, double ofK, double ofL) =>
        shared / (Math.Sqrt(ofK * ofL) + Epsilon);
}
