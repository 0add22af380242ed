using AlignBench.Data;
using AlignBench.Experiments;
using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Similarity.Neighbors;
using AlignBench.Similarity.Retrievals;
using Serilog.Core;
using CsvTable = AlignBench.Reports.CsvTable;

namespace AlignBench.Tests.Experiments;

/// <summary>The toy world's neighbours and retrieval, from pixels and texts, against the reference libraries.</summary>
[Trait("Category", "Slow")]
public class ToySimilarityTests
{
    private const int K = 10;

    // Gaps at rank 10 go down to 1e-6 in cosine, features agree to 1e-5: one or two neighbours of 4000 may swap.
    private const double TwoNeighbors = 2.0 / 4000.0 + 1e-9;

    private static readonly (string Name, string Model, string Selection, bool IsText)[] s_spaces =
    [
        ("dinov2-toy-s", "dinov2-toy-s", "penultimate_cls", false),
        ("dinov2-toy-m", "dinov2-toy-m", "penultimate_cls", false),
        ("dinov2-toy-l", "dinov2-toy-l", "penultimate_cls", false),
        ("bloom-toy-s", "bloom-toy-s", "penultimate_mean", true),
        ("bloom-toy-m", "bloom-toy-m", "penultimate_mean", true),
        ("openllama-toy-s", "openllama-toy-s", "penultimate_mean", true),
        ("openllama-toy-m", "openllama-toy-m", "penultimate_mean", true),
        ("resnet18-toy", "resnet18-toy", "pooled", false),
        ("distilbert-toy", "distilbert-toy", "last_mean", true),
        ("clip-toy:image", "clip-toy", "embeds", false),
        ("clip-toy:text", "clip-toy", "embeds", true),
    ];

    [Fact]
    public void MutualKnn_EveryPairOfSpaces_AgreesWithTheReference()
    {
        using TemporaryFolder folder = new();
        IDataset coco = DatasetCatalog.Open(new DatasetSource
        {
            Format = "coco",
            Path = Path.Combine(TestPaths.Toy, "data", "coco", "annotations", "captions_val.json"),
            Images = Path.Combine(TestPaths.Toy, "data", "coco", "val"),
        });
        Item[] items = [.. coco.ReadItems(default).Items.OrderBy(item => item.Id, NumericIds.Instance)];
        PlanFeatures features = new(new FeatureStore(folder.Root), 2, 0, null, Logger.None);
        Dictionary<string, NeighborLists> neighbors = s_spaces.ToDictionary(
            space => space.Name,
            space => NearestNeighbors.Find(First(coco, items, features, space.Model, space.Selection, space.IsText), K + 1));

        CsvTable scores = Expected("mutual_knn.csv");
        Assert.Equal(s_spaces.Length * (s_spaces.Length - 1) / 2, scores.Rows.Count);
        for (int row = 0; row < scores.Rows.Count; row++)
        {
            (string a, string b) = (scores.Text(row, "a"), scores.Text(row, "b"));
            double score = MutualKnn.Score(neighbors[a].First(K), neighbors[b].First(K));
            Assert.True(
                Math.Abs(scores.Number(row, "strict") - score) <= TwoNeighbors,
                $"{a} {b}: expected {scores.Number(row, "strict")}, got {score}");
        }

        CsvTable ties = Expected("mutual_knn_ties.csv");
        for (int row = 0; row < ties.Rows.Count; row++)
        {
            NeighborGaps gaps = NeighborGaps.Of(neighbors[ties.Text(row, "features")]);
            Assert.Equal(ties.Whole(row, "rows_tied_at_rank_10"), gaps.TiedRows);
            Assert.Equal(ties.Number(row, "smallest_gap_elsewhere"), gaps.SmallestGap, 1e-6);
        }
    }

    [Fact]
    public void Retrieval_Flickr30kUnderClip_AgreesWithTheReference()
    {
        using TemporaryFolder folder = new();
        IDataset flickr = DatasetCatalog.Open(new DatasetSource
        {
            Format = "flickr30k",
            Path = Path.Combine(TestPaths.Toy, "data", "flickr30k"),
        });
        Item[] items = [.. flickr.ReadItems(default).Items];
        PlanFeatures features = new(new FeatureStore(folder.Root), 2, 0, null, Logger.None);
        FeatureMatrix image = First(flickr, items, features, "clip-toy", "embeds", isText: false);
        FeatureMatrix first = First(flickr, items, features, "clip-toy", "embeds", isText: true);
        string[] entries = [.. items.SelectMany(item => item.Captions.Select((_, k) => DatasetExtraction.Entry(item, k)))];
        FeatureMatrix texts = features
            .Of(new FeatureRequests(flickr, items, 0).Captions(entries), Model("clip-toy"), ["embeds"], default)[0]
            .Average([.. entries.Select(entry => (string[])[entry])]);
        int[] images = [.. Enumerable.Range(0, items.Length)];
        int[] owners = [.. images.SelectMany(i => items[i].Captions.Select(_ => i))];
        (string Task, RetrievalRanks Ranks)[] tasks =
        [
            ("image_to_text", Rank(image, texts, images, owners)),
            ("text_to_image", Rank(texts, image, owners, images)),
            ("image_to_first_caption", Rank(image, first, images, images)),
            ("first_caption_to_image", Rank(first, image, images, images)),
        ];

        CsvTable expected = Expected("clip_retrieval.csv");
        for (int row = 0; row < expected.Rows.Count; row++)
        {
            RetrievalRanks ranks = tasks.Single(task => task.Task == expected.Text(row, "task")).Ranks;
            int k = (int)expected.Whole(row, "k");
            double twoQueries = (2.0 / ranks.Queries.Count) + 1e-9;
            Assert.Equal(expected.Number(row, "recall"), ranks.RecallTiesWin(k), twoQueries);
            Assert.Equal(expected.Number(row, "recall_if_ties_lose"), ranks.RecallTiesLose(k), twoQueries);
        }
    }

    private static CsvTable Expected(string name) => CsvTable.Read(Path.Combine(TestPaths.Toy, "expected", name));

    private static ModelSource Model(string name) => ModelSource.Find(Path.Combine("models", name), TestPaths.Toy);

    // The reference: higher by more than 1e-9 is higher.
    private static RetrievalRanks Rank(FeatureMatrix queries, FeatureMatrix candidates, int[] queryOwners, int[] owners) =>
        Retrieval.Rank(queries, candidates, Retrieval.OfSameOwner(queryOwners, owners), tie: 1e-9);

    /// <summary>[items, d]: each item's image, or its caption of the lowest id.</summary>
    private static FeatureMatrix First(
        IDataset dataset, Item[] items, PlanFeatures features, string model, string selection, bool isText)
    {
        string[] entries =
        [
            .. items.Select(item => DatasetExtraction.Entry(
                item,
                isText ? Array.IndexOf(item.Captions, item.Captions.MinBy(caption => caption.Id, NumericIds.Instance)) : 0)),
        ];
        FeatureRequests requests = new(dataset, items, 0);
        FeatureTable table = isText
            ? features.Of(requests.Captions(entries), Model(model), [selection], default)[0]
            : features.Of(requests.Images(entries), Model(model), [selection], default)[0];
        return table.Average([.. entries.Select(entry => (string[])[entry])]);
    }
}
