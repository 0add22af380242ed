using System.Globalization;
using System.Text.Json;
using AlignBench.Data.Parquet;
using AlignBench.Features;
using AlignBench.Similarity;
using AlignBench.Similarity.Geometry;
using AlignBench.Similarity.KernelAlignment;
using AlignBench.Similarity.Neighbors;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Similarity;

/// <summary>The numbers of minyoungg/platonic-rep.</summary>
public class PlatonicTests
{
    // The published code runs in float32; its float64 numbers are to be met far closer.
    private const double Single = 2e-6;
    private const double Double = 1e-12;
    private const double OtherRounding = 1e-8;               // of lengths in float32, where the rows are not stored
    private const double SingleCounts = 2.5e-7;              // means of whole numbers up to 10, in float32 there

    public static TheoryData<string> Names => ["platonic_a", "platonic_outliers", "platonic_unrelated", "platonic_n300"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Prepare_Layers_CutsAndNormalisesAsPublished(string name)
    {
        MetricGolden golden = new(name);
        foreach (string side in (string[])["x", "y"])
        {
            FeatureMatrix[] layers = golden.Layers(side);
            Assert.Equal((float)golden.Json.Number($"{side}.q_exact"), PlatonicPreparation.Threshold(layers));
            GoldenJson.Close(
                golden.Json.Number($"{side}.q_quantile_mean"), PlatonicPreparation.MeanQuantileThreshold(layers), 1e-6, side);
            double[] perLayer = golden.Json.Numbers($"{side}.q_exact_per_layer");
            Assert.Equal(
                perLayer.Select(value => (float)value), layers.Select(layer => PlatonicPreparation.Threshold([layer])));
            if (golden.Tensors.Has($"{side}.normalized"))
            {
                FeatureMatrix[] cut = [.. layers.Select(l => PlatonicPreparation.Clamp(l, PlatonicPreparation.Threshold(layers)))];
                AssertClose(golden.Layers($"{side}.prepared_exact"), cut, 0.0);
                AssertClose(golden.Layers($"{side}.normalized"), PlatonicPreparation.Prepare(layers), 2e-7);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Find_PreparedLayers_GivesThePublishedNeighbors(string name)
    {
        MetricGolden golden = new(name);
        foreach (string side in (string[])["x", "y"])
        {
            FeatureMatrix[] layers = PlatonicPreparation.Prepare(golden.Layers(side));
            foreach (int k in (int[])[5, 10])
            {
                for (int layer = 0; layer < layers.Length; layer++)
                {
                    NeighborLists found = NearestNeighbors.Find(layers[layer], k, SimilarityKind.InnerProduct);
                    for (int i = 0; i < found.Rows; i++)
                    {
                        Assert.Equal(
                            golden.Tensors.Row($"{side}.knn{k}", layer, i).Select(value => (int)value), found.Of(i).ToArray());
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_EveryLayerPair_GivesThePublishedScores(string name)
    {
        MetricGolden golden = new(name);
        double tolerance = golden.Tensors.Has("x.normalized") ? Double : OtherRounding;
        foreach (JsonProperty wanted in golden.Json.GetProperty("scores").EnumerateObject())
        {
            (MetricSide[] x, MetricSide[] y) = Sides(golden, wanted.Name);
            JsonElement scores = wanted.Value;
            for (int i = 0; i < x.Length; i++)
            {
                for (int j = 0; j < y.Length; j++)
                {
                    string what = $"{wanted.Name} [{i}, {j}]";
                    double score = x[i].Score(y[j]);
                    Close(scores.GetProperty("scores_float64")[i][j].Number(), score, IsOfNeighbors(wanted.Name) ? SingleCounts : tolerance, what);
                    Close(scores.GetProperty("scores")[i][j].Number(), score, Single, what);
                    Close(scores.GetProperty("scores_arguments_swapped")[i][j].Number(), y[j].Score(x[i]), Single, what);
                }
            }

            Close(scores.Number("self_score"), x[0].Score(x[0]), Single, wanted.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LayerPairs_Search_FindsThePublishedBest(string name)
    {
        MetricGolden golden = new(name);
        (string Key, string Metric, int K)[] searches =
        [
            ("mutual_knn,topk=10", "mutual_knn", 10), ("lcs_knn,topk=5", "lcs_knn", 5), ("cknna,topk=10", "cknna", 10),
            ("cka", "cka", 1), ("unbiased_cka", "unbiased_cka", 1),
        ];
        foreach ((string key, string metric, int k) in searches)
        {
            JsonElement wanted = golden.Json.GetProperty("scores").GetProperty(key);
            LayerPairs found = LayerPairs.Score(
                golden.Layers("x"), golden.Layers("y"), MetricCatalog.Find(metric), SimilarityPreset.Platonic, k);

            Close(wanted.Number("best"), found.Best.Score, Single, key);
            JsonElement layers = wanted.GetProperty("best_layers");
            int?[] best = layers.ValueKind == JsonValueKind.Array && layers.GetArrayLength() == 2
                ? [.. layers.Integers().Select(layer => (int?)layer)]
                : [null, null];
            Assert.Equal(best, [found.Best.X, found.Best.Y]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Svcca_PreparedLayers_IsTheExactMean(string name)
    {
        MetricGolden golden = new(name);
        FeatureMatrix x = PlatonicPreparation.Prepare(golden.Layers("x"))[0];
        FeatureMatrix y = PlatonicPreparation.Prepare(golden.Layers("y"))[0];
        Close(golden.Json.GetProperty("svcca_layer00").Number("exact_mean"), CanonicalCorrelation.Svcca(x, y), 1e-7, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shared_StrictNeighbors_CountsAsTheReference(string name)
    {
        MetricGolden golden = new(name);
        foreach (JsonProperty wanted in golden.Json.GetProperty("mutual_knn_strict").EnumerateObject())
        {
            int k = int.Parse(wanted.Name, CultureInfo.InvariantCulture);
            NeighborLists[] x = [.. PlatonicPreparation.Prepare(golden.Layers("x")).Select(layer => NearestNeighbors.Find(layer, k))];
            NeighborLists[] y = [.. PlatonicPreparation.Prepare(golden.Layers("y")).Select(layer => NearestNeighbors.Find(layer, k))];
            for (int i = 0; i < x.Length; i++)
            {
                Assert.Equal(
                    wanted.Value.GetProperty("intersections")[i].Integers(),
                    y.Select(lists => (int)MutualKnn.Shared(x[i], lists)));
            }

            Close(wanted.Value.Number("chance"), x[0].Chance, 1e-15, name);
        }
    }

    private static bool IsOfNeighbors(string key) => key.Contains("_knn", StringComparison.Ordinal);

    private static (MetricSide[] X, MetricSide[] Y) Sides(MetricGolden golden, string key)
    {
        Dictionary<string, string> parts = key.Split(',').Skip(1).Select(part => part.Split('=')).ToDictionary(p => p[0], p => p[1]);
        string metric = key.Split(',')[0];
        int k = parts.TryGetValue("topk", out string? topk) ? int.Parse(topk, CultureInfo.InvariantCulture) : 1;
        return (Of("x"), Of("y"));

        MetricSide[] Of(string side) =>
        [
            .. Prepared(golden, side).Select(layer =>
                parts.TryGetValue("rbf_sigma", out string? sigma)
                    ? Cka.RbfSide(
                        layer,
                        double.Parse(sigma, CultureInfo.InvariantCulture),
                        metric == "cka" ? CkaForm.PlatonicBiased : CkaForm.PlatonicUnbiased)
                    : MetricCatalog.Find(metric).Side(SimilarityPreset.Platonic, new SideInput(layer, k, null, default))),
        ];
    }

    /// <summary>The published code's own rows where they are stored: sums of squares in float32 have many roundings.</summary>
    private static FeatureMatrix[] Prepared(MetricGolden golden, string side) => golden.Tensors.Has($"{side}.normalized")
        ? golden.Layers($"{side}.normalized")
        : PlatonicPreparation.Prepare(golden.Layers(side));

    private static void AssertClose(FeatureMatrix[] expected, FeatureMatrix[] actual, double tolerance)
    {
        foreach ((FeatureMatrix a, FeatureMatrix b) in expected.Zip(actual))
        {
            Assert.All(a.Values.Zip(b.Values), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= tolerance));
        }
    }

    private static void Close(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: expected {expected:R}, got {actual:R}");
}
