using AlignBench.Adapters;
using AlignBench.Adapters.Training;
using static TorchSharp.torch;

namespace AlignBench.Tests.Adapters.Training;

/// <summary>Whole runs against torch 2.13, step by step (tests/goldens/adapters).</summary>
public class TrainingGoldenTests
{
    public static TheoryData<string> Cases =>
    [
        "linear_nobias", "linear_bias", "linear_highlr", "mlp", "mlp_tanh_smooth", "mlp_learned_scale", "lambda_mix",
        "multi_caption", "siglip", "three_modalities",
    ];

    /// <summary>1e-12: with the features' columns in another order the reference itself moves by 7e-15.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Train_InFloat64_FollowsTheReference(string name) =>
        Follow(name, ScalarType.Float64, loss: 1e-12, norm: 1e-12, weight: 1e-12, feature: 1e-12);

    /// <summary>The reference's own float32 run is within 4.3e-6 (loss), 7.2e-7 (weights), 3.3e-6 (features).</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Train_InFloat32_StaysNearTheReference(string name) =>
        Follow(name, ScalarType.Float32, loss: 2e-5, norm: 5e-6, weight: 5e-6, feature: 2e-5);

    private static void Follow(string name, ScalarType type, double loss, double norm, double weight, double feature)
    {
        AdapterGolden golden = new(name);
        (AdapterTrainer trainer, StepRecord[] steps, Dictionary<string, double[]> first) = golden.Run(type);
        using AdapterTrainer owned = trainer;

        // Relative in float64, absolute in float32.
        double lossScale = type == ScalarType.Float64 ? golden.Tensors.Values("f64.loss").Max() : 1;
        double featureScale = type == ScalarType.Float64 ? 12 : 1;
        AdapterGolden.Near(golden.Tensors.Values("f64.loss"), [.. steps.Select(step => step.Loss)], loss * lossScale, "loss");
        AdapterGolden.Near(golden.Tensors.Values("lr"), [.. steps.Select(step => step.Rate)], 1e-18, "learning rate");
        double[] norms = golden.Tensors.Values("f64.grad_norm");
        for (int i = 0; i < norms.Length; i++)
        {
            AdapterGolden.Near([norms[i]], [steps[i].GradientNorm], norm * norms[i], $"gradient norm of step {i}");
        }

        foreach (ParameterSpec spec in trainer.Parameters.Specs)
        {
            double[] gradient = golden.Tensors.Values($"f64.grad0.{spec.Name}");
            double largest = gradient.Max(Math.Abs);
            AdapterGolden.Near(gradient, first[spec.Name], largest * norm, $"first gradient of {spec.Name}");
            AdapterGolden.Near(
                golden.Tensors.Values($"f64.final.{spec.Name}"),
                AdapterGolden.Numbers(trainer.Parameters[spec.Name]), weight, $"final {spec.Name}");
        }

        using Tensor all = arange(golden.Config.GetProperty("n").GetInt32());
        Tensor[] after = trainer.Project(all);
        for (int m = 0; m < after.Length; m++)
        {
            AdapterGolden.Near(
                golden.Tensors.Values($"f64.after.{golden.Modalities[m]}"),
                AdapterGolden.Numbers(after[m]), feature * featureScale, $"final features of {golden.Modalities[m]}");
        }
    }
}
