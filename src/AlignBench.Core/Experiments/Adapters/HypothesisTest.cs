namespace AlignBench.Experiments.Adapters;

/// <summary>What a hypothesis is asked of; equal for the seeds of one adapter.</summary>
internal sealed record HypothesisKey(
    string Adapter, string Rows, string When, string Kernel, int K, string LambdaFrom, bool IsH2, double Chance);

/// <summary>H1 or H2 of one trained adapter.</summary>
/// <param name="Key">What is asked.</param>
/// <param name="Seed">Of the training.</param>
/// <param name="Lambda">Of the multimodal embedding.</param>
/// <param name="Scores">Of image, text and both with the reference.</param>
/// <param name="Difference">How far both is above the mean (H1), or the better one (H2), of the two.</param>
/// <param name="Resampled">The difference on resampled items.</param>
/// <param name="IsSupported">Whether it is above at all; equal counts are not.</param>
internal sealed record HypothesisTest(
    HypothesisKey Key, long Seed, double Lambda, double[] Scores, double Difference, double[] Resampled, bool IsSupported)
{
    public static HypothesisTest Of(
        HypothesisKey key,
        long seed,
        double lambda,
        AlignmentMeasurement measured,
        IReadOnlyDictionary<AlignmentShare, double[]> resampled)
    {
        AlignmentShare image = measured.Of(key.Kernel, key.K, AlignmentMeter.Image);
        AlignmentShare text = measured.Of(key.Kernel, key.K, AlignmentMeter.Text);
        AlignmentShare both = measured.Of(key.Kernel, key.K, AlignmentMeter.Multimodal, lambda);
        return new HypothesisTest(
            key, seed, lambda,
            [image.Score, text.Score, both.Score],
            Excess(key, image.Score, text.Score, both.Score),
            [.. resampled[both].Select((blend, b) => Excess(key, resampled[image][b], resampled[text][b], blend))],
            (key.IsH2 ? Hypothesis.H2(image, text, both) : Hypothesis.H1(image, text, both)) is true);
    }

    private static double Excess(HypothesisKey key, double image, double text, double both) =>
        both - (key.IsH2 ? Math.Max(image, text) : (image + text) / 2);
}
