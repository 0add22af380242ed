namespace AlignBench.Similarity.KernelAlignment;

/// <summary>A kernel matrix, whole or as its features, under CKA.</summary>
/// <param name="form">Which HSIC, and what is added to the normalizer.</param>
internal abstract class KernelSide(CkaForm form) : MetricSide
{
    private double? _own;                                    // HSIC with itself

    protected CkaForm Form { get; } = form;

    public override double Score(MetricSide other, ReadOnlySpan<int> pairing)
    {
        KernelSide paired = Paired<KernelSide>(other);
        double shared = Form.Hsic(Sums(paired, pairing, null));
        return Form.Ratio(shared, Own(), paired.Own());
    }

    /// <summary>Copies of one item count as that item does: out of the diagonal where the form leaves it out.</summary>
    public override double Resample(MetricSide other, ReadOnlySpan<int> rows)
    {
        KernelSide paired = Paired<KernelSide>(other);
        double[] counts = Counts(Rows, rows);
        int[] identity = Identity(Rows);
        return Form.Ratio(
            Form.Hsic(Sums(paired, identity, counts)),
            Form.Hsic(Sums(this, identity, counts)),
            Form.Hsic(paired.Sums(paired, identity, counts)));
    }

    /// <summary>Over items with counts, the diagonal left out where the form says so.</summary>
    /// <param name="other">Of the same type.</param>
    /// <param name="pairing">[n].</param>
    /// <param name="counts">[n], or null where each counts once.</param>
    protected abstract HsicSums Sums(KernelSide other, ReadOnlySpan<int> pairing, double[]? counts);

    private double Own() => _own ??= Form.Hsic(Sums(this, Identity(Rows), null));
}
