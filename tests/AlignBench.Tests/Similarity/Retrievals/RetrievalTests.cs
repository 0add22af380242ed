using System.Text.Json;
using AlignBench.Data.Parquet;
using AlignBench.Features;
using AlignBench.Similarity;
using AlignBench.Similarity.Retrievals;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Similarity.Retrievals;

public class RetrievalTests
{
    [Theory]
    [InlineData("retrieval_5captions")]
    [InlineData("retrieval_1to1")]
    [InlineData("retrieval_ties")]
    public void Rank_BothDirections_AgreesWithTheReference(string name)
    {
        MetricGolden golden = new(name);
        SimilarityKind kind = name == "retrieval_ties" ? SimilarityKind.InnerProduct : SimilarityKind.Cosine;
        FeatureMatrix image = golden.Tensors.Matrix("image");
        FeatureMatrix text = golden.Tensors.Matrix("text");
        int[] owners = golden.Integers("text_owner");
        int[] images = [.. Enumerable.Range(0, image.Rows)];

        RetrievalRanks toText = Retrieval.Rank(image, text, Retrieval.OfSameOwner(images, owners), kind);
        RetrievalRanks toImage = Retrieval.Rank(text, image, Retrieval.OfSameOwner(owners, images), kind);

        Check(golden, "image_to_text", toText);
        Check(golden, "text_to_image", toImage);
        int[] first = [.. images.Select(i => Array.IndexOf(owners, i))];
        RetrievalRanks one = Retrieval.Rank(image, text.SelectRows(first), Retrieval.OfSameOwner(images, images), kind);
        if (golden.Json.TryGetProperty("one_caption_median_rank", out JsonElement median))
        {
            Assert.Equal(median.GetDouble(), one.MedianRank);
            Close(golden.Json.Number("one_caption_image_to_text_R@1"), one.Recall(1));
        }
    }

    private static void Check(MetricGolden golden, string direction, RetrievalRanks found)
    {
        JsonElement wanted = golden.Json.GetProperty(direction);
        Assert.Equal(golden.Integers($"{direction}.rank"), found.Queries.Select(query => query.First));
        Close(wanted.Number("median_rank"), found.MedianRank);
        Close(wanted.Number("mean_rank"), found.MeanRank);
        Close(wanted.Number("mrr"), found.MeanReciprocalRank);
        Close(wanted.Number("r_precision"), found.RPrecision);
        foreach (int k in (int[])[1, 5, 10])
        {
            Close(wanted.Number($"R@{k}"), found.Recall(k));
            if (wanted.TryGetProperty($"R@{k}_optimistic_ties", out JsonElement optimistic))
            {
                Close(optimistic.GetDouble(), found.RecallTiesWin(k));
                Close(wanted.Number($"R@{k}_pessimistic_ties"), found.RecallTiesLose(k));
            }

            if (wanted.TryGetProperty($"mean_share_of_own_captions_in_top_{k}", out JsonElement share))
            {
                Close(share.GetDouble(), found.ShareOfOwn(k));
            }
        }
    }

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, 1e-14);
}
