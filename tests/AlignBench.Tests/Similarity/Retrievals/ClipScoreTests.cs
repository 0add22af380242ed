using AlignBench.Data.Parquet;
using AlignBench.Features;
using AlignBench.Similarity.Retrievals;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Similarity.Retrievals;

public class ClipScoreTests
{
    [Fact]
    public void Scores_EveryItem_AgreeWithThePaperAndWithTheScript()
    {
        MetricGolden golden = new("clipscore");
        FeatureMatrix image = golden.Tensors.Matrix("image");
        FeatureMatrix candidate = golden.Tensors.Matrix("candidate");
        FeatureMatrix reference = golden.Tensors.Matrix("reference");
        int[] offsets = golden.Integers("reference_offset");
        List<double> scores = [];
        List<double> percents = [];
        for (int i = 0; i < image.Rows; i++)
        {
            double cosine = ClipScore.Cosine(image.Row(i), candidate.Row(i));
            double best = Enumerable.Range(offsets[i], offsets[i + 1] - offsets[i])
                .Max(r => ClipScore.Cosine(candidate.Row(i), reference.Row(r)));
            scores.Add(ClipScore.Of(cosine));
            percents.Add(ClipScore.Percent(cosine));
            Close(golden, "cosine", i, cosine);
            Close(golden, "max_reference_cosine", i, best);
            Close(golden, "clip_s", i, scores[i]);
            Close(golden, "ref_clip_s_paper", i, ClipScore.WithReferences(cosine, best));
            Close(golden, "ref_clip_s_code", i, ClipScore.WithReferencesAsPublished(cosine, best));
        }

        GoldenJson.Close(golden.Json.Number("mean_clip_s"), scores.Average(), 1e-12, "mean");
        GoldenJson.Close(golden.Json.Number("clip_100_scale_mean"), percents.Average(), 1e-12, "percent");
    }

    private static void Close(MetricGolden golden, string tensor, int i, double actual) =>
        GoldenJson.Close(golden.Tensors.Values(tensor)[i], actual, 1e-12, $"{tensor} {i}");
}
