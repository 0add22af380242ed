namespace AlignBench.Similarity.Retrievals;

/// <summary>CLIPScore and RefCLIPScore (Hessel et al. 2021, arXiv:2104.08718, section 3), of cosines.</summary>
public static class ClipScore
{
    private const double Weight = 2.5;
    private const double PercentWeight = 100.0;

    /// <summary>Of two embeddings of any length, in float64.</summary>
    /// <returns>-1 to 1; NaN with a vector of zeros.</returns>
    public static double Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        Vectors.Dot(a, b) / (Vectors.Length(a) * Vectors.Length(b));

    /// <summary>2.5 max(cos, 0).</summary>
    public static double Of(double cosine) => Weight * Math.Max(cosine, 0.0);

    /// <summary>100 max(cos, 0), the other scale in use.</summary>
    public static double Percent(double cosine) => PercentWeight * Math.Max(cosine, 0.0);

    /// <summary>
    /// RefCLIPScore as the paper prints it: the harmonic mean of CLIPScore and the largest reference cosine, both cut
    /// at 0; 0 if both are 0.
    /// </summary>
    /// <param name="cosine">Of image and caption.</param>
    /// <param name="referenceCosine">The largest of the caption with a reference.</param>
    public static double WithReferences(double cosine, double referenceCosine)
    {
        double score = Of(cosine);
        double reference = Math.Max(referenceCosine, 0.0);
        return score + reference == 0.0 ? 0.0 : HarmonicMean(score, reference);
    }

    /// <summary>
    /// RefCLIPScore as the published script has it: the reference cosine is not cut, so that the mean may be negative,
    /// huge near a sum of 0, and NaN at 0 / 0.
    /// </summary>
    /// <inheritdoc cref="WithReferences"/>
    public static double WithReferencesAsPublished(double cosine, double referenceCosine) =>
        HarmonicMean(Of(cosine), referenceCosine);

    private static double HarmonicMean(double a, double b) => 2.0 * a * b / (a + b);
}
