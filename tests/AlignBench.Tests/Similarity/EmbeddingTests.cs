using System.Text.Json;
using AlignBench.Data.Parquet;
using AlignBench.Features;
using AlignBench.Similarity.Geometry;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Similarity;

/// <summary>PCA and MDS against scikit-learn.</summary>
public class EmbeddingTests
{
    [Theory]
    [InlineData("pca_tall", 5)]
    [InlineData("pca_wide_offset", 6)]
    public void Pca_Full_AgreesWithScikitLearn(string name, int k)
    {
        MetricGolden golden = new(name);
        FeatureMatrix x = golden.Tensors.Matrix("X");

        Pca pca = Pca.Fit(x, k);

        Close(golden.Tensors.Values("mean"), pca.Mean, 1e-12);
        Close(golden.Tensors.Values("components"), pca.Components.Values, 1e-12);
        Close(golden.Tensors.Values("explained_variance"), pca.ExplainedVariance, 1e-12);
        Close(golden.Tensors.Values("explained_variance_ratio"), pca.ExplainedVarianceRatio, 1e-12);
        Close(golden.Tensors.Values("singular_values"), pca.SingularValues, 1e-12);
        Close(golden.Tensors.Values("scores"), pca.Transform(x).Values, 1e-11);
        Close(golden.Tensors.Values("scores_whitened"), pca.Whiten(x).Values, 1e-11);
    }

    [Theory]
    [InlineData("euclidean")]
    [InlineData("one_minus_cosine")]
    [InlineData("arbitrary")]
    public void Mds_Distances_AgreesWithScikitLearn(string name)
    {
        MetricGolden golden = new("mds");
        JsonElement wanted = golden.Json.GetProperty(name);
        FeatureMatrix distances = golden.Tensors.Matrix($"{name}.D");

        ClassicalMds map = ClassicalMds.Fit(distances, 2);

        Close(golden.Tensors.Values($"{name}.eigenvalues"), map.Eigenvalues, 1e-12);
        Close(golden.Tensors.Values($"{name}.coordinates"), map.Coordinates.Values, 1e-12);
        FeatureMatrix fitted = MdsStress.Distances(map.Coordinates);
        GoldenJson.Close(wanted.Number("raw_stress"), MdsStress.Raw(distances, fitted), 1e-12, name);
        GoldenJson.Close(wanted.Number("stress_1"), MdsStress.Stress1(distances, fitted), 1e-12, name);
        GoldenJson.Close(wanted.Number("sklearn_normalized_stress"), MdsStress.Normalized(distances, fitted), 1e-12, name);
        foreach (int iterations in (int[])[1, 5, 300])
        {
            Smacof moved = Smacof.Fit(distances, map.Coordinates, iterations, 1e-9);
            JsonElement expected = wanted.GetProperty($"smacof_{iterations}");
            Assert.Equal(expected.GetProperty("iterations").GetInt32(), moved.Iterations);
            GoldenJson.Close(expected.Number("stress"), moved.Stress, iterations == 300 ? 1e-6 : 1e-9, name);
            if (iterations < 300)
            {
                Close(golden.Tensors.Values($"{name}.smacof_{iterations}"), moved.Coordinates.Values, 1e-9);
            }
        }
    }

    private static void Close(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        double scale = Math.Max(1.0, expected.Max(Math.Abs));
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= tolerance * scale, $"expected {pair.First:R}, got {pair.Second:R}"));
    }
}
