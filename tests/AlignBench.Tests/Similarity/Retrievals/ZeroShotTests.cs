using AlignBench.Data.Parquet;
using AlignBench.Features;
using AlignBench.Similarity.Retrievals;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Similarity.Retrievals;

public class ZeroShotTests
{
    [Theory]
    [InlineData("ensembled", PromptEnsemble.UnitMean)]
    [InlineData("raw_mean_then_normalise", PromptEnsemble.RawMean)]
    [InlineData("first_prompt", PromptEnsemble.First)]
    public void Classify_EachEnsemble_AgreesWithTheReference(string name, PromptEnsemble ensemble)
    {
        MetricGolden golden = new("zeroshot");
        int classes = golden.Json.GetProperty("classes").GetInt32();
        FeatureMatrix prompts = new(
            classes * golden.Json.GetProperty("prompts").GetInt32(), golden.Json.GetProperty("d").GetInt32(),
            golden.Tensors.Values("prompt"));
        int[] labels = golden.Integers("label");

        FeatureMatrix vectors = ZeroShot.ClassVectors(prompts, classes, ensemble);
        ClassScores scores = ZeroShot.Classify(golden.Tensors.Matrix("image"), vectors);

        double[] expected = golden.Tensors.Values($"{name}.weights");
        Assert.All(expected.Zip(vectors.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(golden.Integers($"{name}.prediction"), scores.Predictions());
        GoldenJson.Close(golden.Json.GetProperty(name).Number("top1"), scores.TopK(labels, 1), 1e-12, "top1");
        GoldenJson.Close(golden.Json.GetProperty(name).Number("top5"), scores.TopK(labels, 5), 1e-12, "top5");
        GoldenJson.Close(golden.Json.GetProperty(name).Number("mean_per_class"), scores.MeanPerClass(labels), 1e-12, "per class");
        if (ensemble == PromptEnsemble.UnitMean)
        {
            double[] probability = golden.Tensors.Values("ensembled.probability");
            Assert.All(probability.Zip(scores.Probabilities(100).Values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    // Classes at 0 and 90 degrees; the third image is as near to both, and goes to the lower class.
    [Fact]
    public void Predictions_OfEqualScores_TakeTheLowerClass()
    {
        FeatureMatrix vectors = ZeroShot.ClassVectors(new FeatureMatrix(2, 2, [5, 0, 0, 2]), 2);

        ClassScores scores = ZeroShot.Classify(new FeatureMatrix(3, 2, [3, 1, 1, 3, 2, 2]), vectors);

        Assert.Equal([0, 1, 0], scores.Predictions());
        Assert.Equal(1.0 / 3, scores.TopK([1, 0, 0], 1), 1e-15);
        Assert.Equal(1.0, scores.TopK([1, 0, 0], 2));
    }

    [Fact]
    public void ClassVectors_OfUnevenPrompts_AreRefused() =>
        Assert.Throws<ArgumentException>(() => ZeroShot.ClassVectors(new FeatureMatrix(3, 1, [1, 2, 3]), 2));
}
