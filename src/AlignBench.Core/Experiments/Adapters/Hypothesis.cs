namespace AlignBench.Experiments.Adapters;

/// <summary>
/// What the source asks of the multimodal embedding's agreement with the reference: H1, more than the mean of the
/// image's and the text's; H2, more than the better one's.
/// </summary>
internal static class Hypothesis
{
    /// <returns>Null without a multimodal embedding.</returns>
    public static bool? H1(AlignmentShare image, AlignmentShare text, AlignmentShare? both) => both is null
        ? null
        : 2 * Total(both) > Total(image) + Total(text);

    /// <inheritdoc cref="H1"/>
    public static bool? H2(AlignmentShare image, AlignmentShare text, AlignmentShare? both) => both is null
        ? null
        : Total(both) > Math.Max(Total(image), Total(text));

    // Counts, so that equal scores are equal.
    private static long Total(AlignmentShare share) => share.Shared.Sum(count => (long)count);
}
