using System.Text.Json;
using AlignBench.Data.Parquet;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Presets;
using AlignBench.Statistics;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Regression;

public class NeuroAIMetricsTests
{
    private static readonly JsonElement s_index = GoldenJson.Load("ridge", "index.json");

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string name in RidgeCase.Names)
            {
                cases.Add(name, "xy");
                cases.Add(name, "yx");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LeaveOneOutErrors_AgreeWithTheExactOnes(string name, string direction)
    {
        RidgeCase golden = new(name);
        string truth = $"{direction}.neuro.loo_mse_exact";
        bool isExact = golden.Tensors.Has(truth);       // one case has scikit-learn's errors only
        FoldScore[] scores = Score(golden, direction);

        for (int k = 0; k < scores.Length; k++)
        {
            double[] expected = golden.Tensors.Row(isExact ? truth : $"{direction}.neuro.loo_mse", k);
            double[] alphas = golden.Tensors.Values("alphas");
            for (int a = 0; a < alphas.Length; a++)
            {
                double tolerance = isExact ? golden.CurveTolerance(direction, alphas[a]) : 3e-6;
                double actual = scores[k].SearchCurve[a];
                GoldenJson.Close(expected[a], actual, tolerance, $"fold {k}, alpha {alphas[a]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Alpha_IsTheExactChoice(string name, string direction)
    {
        RidgeCase golden = new(name);
        JsonElement summary = Summary(name, direction);
        bool isExact = summary.TryGetProperty("alpha_exact", out _);
        double[] expected = summary.Numbers(isExact ? "alpha_exact" : "alpha");
        double[] gaps = isExact ? summary.Numbers("exact_rel_gap_to_second") : [];
        FoldScore[] scores = Score(golden, direction);

        double[] alphas = golden.Tensors.Values("alphas");
        for (int k = 0; k < scores.Length; k++)
        {
            GoldenJson.Close(expected[k], scores[k].Alpha, 1e-12, $"fold {k}");
            bool atEdge = scores[k].Alpha == alphas[0] || scores[k].Alpha == alphas[^1];
            Assert.Equal(atEdge, scores[k].AlphaAtEdge);
            if (isExact && gaps[k] > 1e-6)
            {
                GoldenJson.Close(gaps[k], scores[k].GapToSecond, 1e-4, $"fold {k} gap");
            }
        }
    }

    // At equal alpha 1e-12, 1e-9 where more columns than rows meet a tiny alpha; where the curve is flat
    // below 1e-5 scikit-learn may have chosen another alpha of it, and r then differs by up to 7.2e-9.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Correlations_AgreeWithThePublishedMeasure(string name, string direction)
    {
        RidgeCase golden = new(name);
        FoldScore[] scores = Score(golden, direction);
        FeatureMatrix truth = direction == "xy" ? golden.Y : golden.X;
        double[] alphas = golden.Tensors.Values($"{direction}.neuro.alpha");
        for (int k = 0; k < scores.Length; k++)
        {
            double[] expected = golden.Tensors.Row($"{direction}.neuro.r", k);
            double tolerance = Math.Abs(scores[k].Alpha - alphas[k]) > 1e-9 * alphas[k] ? 1e-7
                : scores[k].Alpha <= 1e-6 ? 1e-9 : 1e-12;
            int[] test = golden.Folds[k].Test;
            bool[] constant = [.. Enumerable.Range(0, truth.Columns).Select(j => IsConstant(truth, j, test))];
            double sum = 0.0;
            for (int j = 0; j < expected.Length; j++)
            {
                // The published formula answers +-1 for some constant targets; here they have no r.
                double r = constant[j] ? double.NaN : expected[j];
                Assert.True(
                    r.Equals(scores[k].R[j]) || Math.Abs(r - scores[k].R[j]) <= tolerance,
                    $"fold {k}, target {j}: expected {r:R}, got {scores[k].R[j]:R}");
                sum += double.IsNaN(r) ? 0.0 : r;
            }

            Assert.Equal(constant.Count(c => c), scores[k].ConstantTargets);
            Assert.Equal(sum / (expected.Length - scores[k].UndefinedTargets), scores[k].MeanR, tolerance);
            Assert.Equal(sum / expected.Length, scores[k].MeanRUndefinedAsZero, tolerance);
            if (expected.Zip(constant).All(pair => !pair.Second || double.IsNaN(pair.First)))
            {
                double score = golden.Tensors.Values($"{direction}.neuro.score")[k];
                Assert.Equal(score, scores[k].MeanR, tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predictions_AgreeAtEqualAlpha(string name, string direction)
    {
        RidgeCase golden = new(name);
        (FeatureMatrix x, FeatureMatrix y) = direction == "xy" ? (golden.X, golden.Y) : (golden.Y, golden.X);
        double[] alphas = golden.Tensors.Values($"{direction}.neuro.alpha");
        RidgePreset preset = golden.WithGrid(RidgePresets.NeuroAIMetrics);
        for (int k = 0; k < golden.Folds.Length; k++)
        {
            FoldPrediction prediction = RidgeFold.Decompose(x, k, golden.Folds[k], preset).Predict(y);
            if (Math.Abs(preset.Alphas[prediction.Search.Choices[0].Index] - alphas[k]) > 1e-9 * alphas[k])
            {
                continue;
            }

            double tolerance = alphas[k] <= 1e-6 ? 1e-9 : 1e-12;
            for (int i = 0; i < golden.Folds[k].Test.Length; i++)
            {
                double[] expected = golden.Tensors.Row($"{direction}.neuro.pred", golden.Folds[k].Test[i]);
                for (int j = 0; j < expected.Length; j++)
                {
                    double scale = Math.Max(1.0, Math.Abs(expected[j]));
                    Assert.Equal(expected[j], prediction.ByPreset[i, j], tolerance * scale);
                }
            }
        }
    }

    // The tolerances above: an alpha of the flat part of a curve may differ.
    [Fact]
    public void Score_WidenedFloat32_AgreesWithScikitLearn()
    {
        foreach (string name in RidgeCase.Names)
        {
            RidgeCase golden = new(name);
            RidgePreset preset = golden.WithGrid(RidgePresets.NeuroAIMetrics);
            FeatureMatrix x = golden.Tensors.Matrix("X_f32");
            FeatureMatrix y = golden.Tensors.Matrix("Y_f32");
            FoldScore[] scores = [.. RidgeFolds.Decompose(x, golden.Folds, preset).Score(y).Folds];
            double[] expected = golden.Tensors.Values("xy.neuro_f32up.score");
            double[] alphas = golden.Tensors.Values("xy.neuro_f32up.alpha");
            for (int k = 0; k < scores.Length; k++)
            {
                if (scores[k].ConstantTargets == 0)
                {
                    bool sameAlpha = Math.Abs(scores[k].Alpha - alphas[k]) <= 1e-9 * alphas[k];
                    Assert.Equal(expected[k], scores[k].MeanR, sameAlpha ? 1e-10 : 1e-7);
                }
            }
        }
    }

    [Fact]
    public void Score_CutsTheFoldsOfThePreset()
    {
        RidgeCase golden = new("well_posed");
        PredictivityResult result = LinearPredictivity.Score(golden.X, golden.Y, RidgePresets.NeuroAIMetrics);

        Assert.Equal(Summary("well_posed", "xy").Number("score"), result.MeanR, 1e-12);
        Assert.Equal(5, result.Folds.Count);
    }

    private static JsonElement Summary(string name, string direction) =>
        s_index.GetProperty(name).GetProperty("summary").GetProperty($"{direction}.neuro");

    private static FoldScore[] Score(RidgeCase golden, string direction)
    {
        (FeatureMatrix x, FeatureMatrix y) = direction == "xy" ? (golden.X, golden.Y) : (golden.Y, golden.X);
        RidgePreset preset = golden.WithGrid(RidgePresets.NeuroAIMetrics);
        return [.. RidgeFolds.Decompose(x, golden.Folds, preset).Score(y).Folds];
    }

    private static bool IsConstant(FeatureMatrix values, int column, int[] rows)
    {
        double[] picked = [.. rows.Select(i => values.Row(i)[column])];
        return Moments.IsConstant(Moments.Mean(picked), Moments.Variance(picked, ddof: 0), picked.Length);
    }
}
