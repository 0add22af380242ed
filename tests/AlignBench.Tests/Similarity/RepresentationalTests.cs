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

/// <summary>RSA, CKA, Procrustes, CCA, permutations, neighbours: against NumPy, scipy and scikit-learn in float64.</summary>
public class RepresentationalTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Names => ["representational_40", "representational_wide"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rsa_EveryMeasure_AgreesWithScipy(string name)
    {
        MetricGolden golden = new(name);
        (string Name, Dissimilarity Measure)[] measures =
        [
            ("correlation", Dissimilarity.Correlation), ("cosine", Dissimilarity.Cosine),
            ("euclidean", Dissimilarity.Euclidean), ("sqeuclidean", Dissimilarity.SquaredEuclidean),
        ];
        foreach ((string measure, Dissimilarity dissimilarity) in measures)
        {
            DissimilarityMatrix x = DissimilarityMatrix.Of(golden.Tensors.Matrix("X"), dissimilarity);
            DissimilarityMatrix y = DissimilarityMatrix.Of(golden.Tensors.Matrix("Y"), dissimilarity);
            AssertClose(golden.Tensors.Values($"rdm.{measure}.X"), x.Values, Tolerance);
            AssertClose(golden.Tensors.Values($"rdm.{measure}.Y"), y.Values, Tolerance);
            JsonElement wanted = golden.Json.GetProperty("rsa").GetProperty(measure);
            Close(wanted.Number("pearson"), Rsa.Pearson(x, y));
            Close(wanted.Number("spearman"), Rsa.Spearman(x, y));
            Close(wanted.Number("spearman"), new RsaSide(x).Score(new RsaSide(y)));
            Close(wanted.Number("kendall_tau_b"), Rsa.Kendall(x, y));
            Close(wanted.Number("cosine"), Rsa.Cosine(x, y));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cka_EveryKernel_AgreesWithNumPy(string name)
    {
        MetricGolden golden = new(name);
        FeatureMatrix x = golden.Tensors.Matrix("X");
        FeatureMatrix y = golden.Tensors.Matrix("Y");
        Close(golden.Json.Number("cka_linear_biased"), Cka.Linear(x, y));
        Close(golden.Json.Number("cka_linear_debiased"), Cka.LinearUnbiased(x, y));
        Close(1.0, Cka.LinearUnbiased(x, x));
        foreach (JsonProperty wanted in golden.Json.GetProperty("cka_rbf_median").EnumerateObject())
        {
            double factor = double.Parse(wanted.Name, CultureInfo.InvariantCulture);
            Close(wanted.Value.Number("biased"), Cka.Rbf(x, y, factor));
            Close(wanted.Value.Number("debiased"), Cka.RbfUnbiased(x, y, factor));
        }
    }

    /// <summary>The form by features, which large sets take, and the form by kernel matrices are one score.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LinearSide_AnyPairingOrDraw_EqualsTheGramSide(bool isUnbiased)
    {
        CkaForm form = isUnbiased ? CkaForm.Unbiased : CkaForm.Biased;
        MetricGolden golden = new("representational_40");
        FeatureMatrix x = RowTransforms.Centred(golden.Tensors.Matrix("X"));
        FeatureMatrix y = RowTransforms.Centred(golden.Tensors.Matrix("Y"));
        MetricSide[] byFeatures = [new LinearSide(x, form), new LinearSide(y, form)];
        MetricSide[] byGram = [new GramSide(40, Kernels.Linear(x), form), new GramSide(40, Kernels.Linear(y), form)];
        int[] pairing = [.. Enumerable.Range(0, 40).Select(i => (i * 7) % 40)];
        int[] drawn = [.. Enumerable.Range(0, 40).Select(i => i * i % 31)];

        Close(byGram[0].Score(byGram[1], pairing), byFeatures[0].Score(byFeatures[1], pairing));
        Close(byGram[0].Resample(byGram[1], drawn), byFeatures[0].Resample(byFeatures[1], drawn));
    }

    /// <summary>Of items drawn twice, the biased form is that of the rows written twice.</summary>
    [Fact]
    public void Resample_BiasedForm_EqualsTheDrawnRows()
    {
        MetricGolden golden = new("representational_40");
        FeatureMatrix x = golden.Tensors.Matrix("X");
        FeatureMatrix y = golden.Tensors.Matrix("Y");
        int[] drawn = [.. Enumerable.Range(0, 40).Select(i => i * i % 31)];

        double score = Cka.LinearSide(x, CkaForm.Biased).Resample(Cka.LinearSide(y, CkaForm.Biased), drawn);

        Close(Cka.Linear(x.SelectRows(drawn), y.SelectRows(drawn)), score);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Procrustes_CentredSides_AgreesWithScipy(string name)
    {
        MetricGolden golden = new(name);
        JsonElement wanted = golden.Json.GetProperty("procrustes");
        Procrustes fit = Procrustes.Of(golden.Tensors.Matrix("X"), golden.Tensors.Matrix("Y"));
        GoldenJson.Close(wanted.Number("nuclear_norm"), fit.NuclearNorm, Tolerance, name);
        GoldenJson.Close(wanted.Number("distance_unnormalised_sq"), fit.SquaredDistance, Tolerance, name);
        Close(wanted.Number("similarity"), fit.Similarity);
        Close(wanted.Number("distance_normalised_sq"), fit.NormalizedSquaredDistance);
        Close(wanted.Number("angular"), fit.Angle);
        Close(wanted.Number("scipy_disparity_zero_padded"), fit.Disparity);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CanonicalCorrelation_AllDirections_AgreesWithNumPy(string name)
    {
        MetricGolden golden = new(name);
        FeatureMatrix x = golden.Tensors.Matrix("X");
        FeatureMatrix y = golden.Tensors.Matrix("Y");
        AssertClose(golden.Json.Numbers("cca_correlations"), CanonicalCorrelation.Correlations(x, y), Tolerance);
        Close(golden.Json.Number("svcca10"), CanonicalCorrelation.Svcca(x, y));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_StoredPermutations_GivesTheReferencesNull(string name)
    {
        MetricGolden golden = new(name);
        JsonElement wanted = golden.Json.GetProperty("permutation");
        FeatureMatrix x = golden.Tensors.Matrix("X");
        FeatureMatrix y = golden.Tensors.Matrix("Y");
        int k = wanted.GetProperty("k").GetInt32();
        KnnSide a = MutualKnn.Side(NearestNeighbors.Find(x, k));
        KnnSide b = MutualKnn.Side(NearestNeighbors.Find(y, k));
        MetricSide ofX = Cka.LinearSide(x, CkaForm.Biased);
        MetricSide ofY = Cka.LinearSide(y, CkaForm.Biased);
        int[][] pairings =
        [
            .. Enumerable.Range(0, golden.Tensors.Shape("permutations")[0])
                .Select(i => golden.Tensors.Row("permutations", i).Select(value => (int)value).ToArray()),
        ];
        SimilarityNull found = new(a.Score(b), [.. pairings.Select(pairing => a.Score(b, pairing))]);
        SimilarityNull ofCka = new(ofX.Score(ofY), [.. pairings.Select(pairing => ofX.Score(ofY, pairing))]);

        Assert.Equal(
            golden.Tensors.Values("null_intersections"), found.Scores.Select(score => Math.Round(score * k * x.Rows, 9)));
        AssertClose(golden.Tensors.Values("null_cka"), ofCka.Scores, Tolerance);
        Close(wanted.Number("score"), found.Observed);
        Close(wanted.Number("p_greater"), found.PValue);
        Close(wanted.Number("null_mean"), found.Mean);
        Close(wanted.Number("null_sd_ddof1"), found.StandardDeviation);
        Close(wanted.Number("calibrated"), found.Calibrated);
        Close(wanted.Number("cka_p_greater"), ofCka.PValue);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Find_SevenNearest_AgreesWithScikitLearn(string name)
    {
        MetricGolden golden = new(name);
        foreach ((string metric, SimilarityKind kind) in new[] { ("cosine", SimilarityKind.Cosine), ("euclidean", SimilarityKind.Euclidean) })
        {
            NeighborLists found = NearestNeighbors.Find(golden.Tensors.Matrix("X"), 7, kind);
            for (int i = 0; i < found.Rows; i++)
            {
                Assert.Equal(golden.Tensors.Row($"sklearn.{metric}.index", i).Select(value => (int)value), found.Of(i).ToArray());
                double[] distances =
                [
                    .. found.SimilaritiesOf(i).ToArray().Select(near => kind == SimilarityKind.Cosine ? 1.0 - near : Math.Sqrt(-near)),
                ];
                AssertClose(golden.Tensors.Row($"sklearn.{metric}.distance", i), distances, Tolerance);
            }
        }
    }

    private static void Close(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance, $"expected {expected:R}, got {actual:R}");

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= tolerance, $"expected {pair.First:R}, got {pair.Second:R}"));
    }
}
