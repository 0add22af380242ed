namespace AlignBench.Similarity.KernelAlignment;

/// <summary>Sums over two symmetric kernel matrices K and L of m items, of which either form of HSIC is made.</summary>
/// <param name="Items">m.</param>
/// <param name="Products">Σ_ij K_ij L_ij.</param>
/// <param name="RowProducts">Σ_i (Σ_j K_ij)(Σ_j L_ij).</param>
/// <param name="TotalK">Σ_ij K_ij.</param>
/// <param name="TotalL">Σ_ij L_ij.</param>
internal readonly record struct HsicSums(
    double Items, double Products, double RowProducts, double TotalK, double TotalL)
{
    /// <summary>tr(K H L H), H = I − 1 1ᵀ / m (Gretton et al. 2005), without its factor.</summary>
    public double Biased => Products - (2.0 * RowProducts / Items) + (TotalK * TotalL / (Items * Items));

    /// <summary>Song et al. 2012 (JMLR 13), equation 5; the sums are of matrices with zero diagonals.</summary>
    public double Unbiased =>
        (Products + (TotalK * TotalL / ((Items - 1.0) * (Items - 2.0))) - (2.0 * RowProducts / (Items - 2.0)))
        / (Items * (Items - 3.0));
}
