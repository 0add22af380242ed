using System.Text.Json;
using AlignBench.Adapters.Losses;
using AlignBench.Adapters.Training;
using AlignBench.Data.Parquet;
using AlignBench.Tests.Regression;
using AlignBench.Tests.Statistics;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Adapters.Losses;

/// <summary>Each loss and its gradients with respect to the raw inputs, against torch 2.13 in float64.</summary>
public class LossGoldenTests
{
    private static readonly string[] s_losses =
    [
        "infonce", "infonce_smoothed", "infonce_learned_scale", "siglip", "three", "mix", "multi_positive",
        "multi_positive_ragged", "multi_positive_inside_log",
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string loss in s_losses)
            {
                cases.Add("loss_gradients", loss);
                cases.Add("loss_gradients_warm", loss);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_AndItsGradients_AreTheReferences(string file, string loss)
    {
        using DisposeScope scope = NewDisposeScope();
        JsonElement json = GoldenJson.Load("adapters", $"{file}.json");
        JsonElement expected = json.GetProperty("losses").GetProperty(loss);
        GoldenTensors tensors = new(TestPaths.Golden("adapters", $"{file}.safetensors"));
        string[] inputs = [.. ((string[])["a", "b", "c", "captions"]).Where(input => tensors.Has($"{loss}.grad.{input}"))];
        Tensor[] sides = [.. inputs.Select(input => Leaf(tensors, $"in.{input}"))];
        Dictionary<string, Tensor> parameters = expected.GetProperty("parameters").EnumerateObject().ToDictionary(
            parameter => parameter.Name, parameter => tensor(parameter.Value.GetDouble()).requires_grad_());

        Tensor value = Compute(loss, sides, parameters, json, tensors);
        value.backward();

        AdapterGolden.Near([expected.Number("loss")], [value.ToDouble()], 1e-12 * expected.Number("loss"), loss);
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] gradient = tensors.Values($"{loss}.grad.{inputs[i]}");
            AdapterGolden.Near(
                gradient, AdapterGolden.Numbers(sides[i].grad!), 1e-12 * gradient.Max(Math.Abs), $"gradient of {inputs[i]}");
        }

        foreach ((string name, Tensor parameter) in parameters)
        {
            double gradient = expected.GetProperty("parameter_gradients").Number(name);
            AdapterGolden.Near([gradient], [parameter.grad!.ToDouble()], 1e-12 * Math.Abs(gradient), $"gradient of {name}");
        }
    }

    /// <summary>The losses as the text prints them, on vectors that are normalised already.</summary>
    [Fact]
    public void PrintedLosses_AndTheirGradients_AreTheReferences()
    {
        JsonElement json = GoldenJson.Load("adapters", "blog_losses", "expected.json");
        GoldenTensors tensors = new(TestPaths.Golden("adapters", "blog_losses", "golden.safetensors"));
        double scale = 1 / json.Number("tau");
        (string Name, string[] Inputs, ObjectiveSettings Settings)[] cases =
        [
            ("multi_caption_image_to_text", ["image", "captions"],
                new ObjectiveSettings("multi_caption") { Direction = LossDirection.ImageToText }),
            ("multi_caption_symmetric", ["image", "captions"], new ObjectiveSettings("multi_caption")),
            ("multi_encoder_literal", ["image", "text", "audio"], new ObjectiveSettings("multi_encoder_printed")),
            ("multi_encoder_anchored_image", ["image", "text", "audio"],
                new ObjectiveSettings("multi_encoder_anchored") { Direction = LossDirection.ImageToText, Anchor = "image" }),
            ("multi_encoder_anchored_mean", ["image", "text", "audio"],
                new ObjectiveSettings("multi_encoder_anchored") { Direction = LossDirection.ImageToText }),
            ("multi_encoder_pairwise_sum", ["image", "text", "audio"], new ObjectiveSettings("pairwise_sum")),
        ];
        Assert.Equal(json.GetProperty("losses").EnumerateObject().Count(), cases.Length);

        foreach ((string name, string[] inputs, ObjectiveSettings settings) in cases)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] leaves = [.. inputs.Select(input => Leaf(tensors, input))];
            using ParameterArena none = new([], WeightDecay.All, ScalarType.Float64, new Generator());
            using Objective objective = new(
                settings with { Temperature = 1 / scale, Normalize = false }, inputs, none);

            Tensor value = objective.Loss([.. leaves.Select(leaf => leaf.view(-1, leaf.shape[^1]))]);
            value.backward();

            double expected = json.GetProperty("losses").Number(name);
            AdapterGolden.Near([expected], [value.ToDouble()], 1e-12 * expected, name);
            for (int i = 0; i < inputs.Length; i++)
            {
                double[] gradient = tensors.Values($"grad.{name}.{inputs[i]}");
                AdapterGolden.Near(
                    gradient, AdapterGolden.Numbers(leaves[i].grad!), 1e-12 * gradient.Max(Math.Abs), $"{name} by {inputs[i]}");
            }
        }
    }

    private static Tensor Compute(
        string loss, Tensor[] sides, Dictionary<string, Tensor> parameters, JsonElement json, GoldenTensors tensors)
    {
        double smoothing = loss == "infonce_smoothed" ? json.Number("label_smoothing") : 0;
        Tensor scale = parameters.TryGetValue("logit_scale", out Tensor? learned)
            ? learned.exp()
            : tensor(1 / json.Number("tau"));
        ObjectiveBatch batch = new(
            new ObjectiveSettings("infonce") { LabelSmoothing = smoothing },
            [.. sides.Select(ContrastiveLoss.Normalize)],
            scale,
            name => parameters[name])
        {
            Anchors = [],
        };
        string owner = loss == "multi_positive_ragged" ? "in.owner_ragged" : "in.owner";
        Tensor owners = tensor(tensors.Values(owner)).to(ScalarType.Int64);
        return loss switch
        {
            "multi_positive" or "multi_positive_ragged" => ContrastiveLoss.MultiPositive(batch.Logits(0, 1), owners),
            "multi_positive_inside_log" => ContrastiveLoss.MultiPositiveInsideLog(batch.Logits(0, 1), owners),
            _ => ObjectiveKind.All.Single(kind => kind.Name == loss switch
            {
                "three" => "pairwise_sum",
                "siglip" or "mix" => loss,
                _ => "infonce",
            }).Loss(batch),
        };
    }

    private static Tensor Leaf(GoldenTensors tensors, string name) =>
        tensor(tensors.Values(name), [.. tensors.Shape(name).Select(size => (long)size)]).requires_grad_();
}
