using System.Text.Json;
using AlignBench.Adapters;
using AlignBench.Adapters.Losses;
using AlignBench.Adapters.Training;
using AlignBench.Data.Parquet;
using AlignBench.Tests.Regression;
using AlignBench.Tests.Statistics;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Adapters;

/// <summary>The parts of a training step on their own, against torch 2.13 in float64.</summary>
public class BlockGoldenTests
{
    private static readonly JsonElement s_blocks = GoldenJson.Load("adapters", "blocks.json");
    private static readonly GoldenTensors s_tensors = new(TestPaths.Golden("adapters", "blocks.safetensors"));

    [Fact]
    public void AdamW_OnGivenGradients_MovesAsTheReferenceAtEachStep()
    {
        foreach (JsonElement golden in s_blocks.GetProperty("adamw").EnumerateArray())
        {
            using ParameterArena arena = Arena(golden.Numbers("start"));
            double[] betas = golden.Numbers("betas");
            using AdamW optimizer = new(arena, new AdamWSettings(golden.Number("weight_decay"))
            {
                Beta1 = betas[0],
                Beta2 = betas[1],
                Epsilon = golden.Number("eps"),
            });
            JsonElement[] after = [.. golden.GetProperty("after_each_step").EnumerateArray()];
            int step = 0;
            foreach (JsonElement gradient in golden.GetProperty("gradients").EnumerateArray())
            {
                using Tensor values = tensor(Numbers(gradient));
                arena.Gradients.copy_(values);
                optimizer.Step(golden.Number("lr"));
                AdapterGolden.Near(Numbers(after[step]), AdapterGolden.Numbers(arena.Values), 1e-14, $"values after step {step}");
                step++;
            }

            AdapterGolden.Near(golden.Numbers("exp_avg"), AdapterGolden.Numbers(optimizer.Mean), 1e-14, "first moments");
            AdapterGolden.Near(
                golden.Numbers("exp_avg_sq"), AdapterGolden.Numbers(optimizer.MeanOfSquares), 1e-14, "second moments");
        }
    }

    [Fact]
    public void ClipFactor_ScalesAllGradientsToTheReferences()
    {
        foreach (JsonElement golden in s_blocks.GetProperty("clip").EnumerateArray())
        {
            double[] gradients = [.. golden.GetProperty("gradients").EnumerateArray().SelectMany(Flatten)];
            double[] clipped = [.. golden.GetProperty("clipped").EnumerateArray().SelectMany(Flatten)];
            using ParameterArena arena = Arena(gradients);
            arena.Gradients.copy_(arena.Values);

            double norm = arena.GradientNorm();
            double factor = ParameterArena.ClipFactor(norm, golden.Number("max_norm"));

            GoldenJson.Close(golden.Number("total_norm"), norm, 1e-14, "norm");
            AdapterGolden.Near(clipped, [.. gradients.Select(gradient => gradient * factor)], 1e-14, "clipped");
        }
    }

    [Fact]
    public void Schedule_OfEachKind_HasTheReferencesRates()
    {
        foreach (JsonElement golden in s_blocks.GetProperty("schedules").EnumerateArray())
        {
            LearningRateSchedule schedule = new(
                golden.Number("base_lr"),
                golden.GetProperty("warmup").GetInt32(),
                golden.GetProperty("steps").GetInt32(),
                golden.GetProperty("schedule").GetString() == "cosine_hf" ? WarmUp.FromZero : WarmUp.FromFirstStep);

            AdapterGolden.Near(
                golden.Numbers("lr"), [.. Enumerable.Range(0, schedule.Steps).Select(schedule.At)], 1e-18, "rate");
        }
    }

    [Fact]
    public void Gelu_OfBothForms_HasTheReferencesValuesAndGradients()
    {
        JsonElement golden = s_blocks.GetProperty("gelu");
        foreach ((GeluForm form, string values, string gradients) in ((GeluForm, string, string)[])
            [(GeluForm.Erf, "erf", "erf_gradient"), (GeluForm.Tanh, "tanh", "tanh_gradient")])
        {
            using DisposeScope scope = NewDisposeScope();
            double[] x = golden.Numbers("x");
            Tensor leaf = tensor(x).requires_grad_();
            Tensor y = nn.functional.gelu(
                leaf, form == GeluForm.Erf ? TorchSharp.Modules.GELU.Approximate.none : TorchSharp.Modules.GELU.Approximate.tanh);
            y.sum().backward();

            AdapterGolden.Near(golden.Numbers(values), AdapterGolden.Numbers(y), 1e-14, values);
            AdapterGolden.Near(golden.Numbers(gradients), AdapterGolden.Numbers(leaf.grad!), 1e-14, gradients);
        }
    }

    [Fact]
    public void Normalize_WithAZeroRow_HasTheReferencesValuesAndGradients()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Matrix("ln.x").requires_grad_();

        Tensor y = ContrastiveLoss.Normalize(x);
        y.backward([Matrix("ln.grad_out")]);

        AdapterGolden.Near(s_tensors.Values("normalize.y"), AdapterGolden.Numbers(y), 1e-14, "unit vectors");
        double[] gradient = s_tensors.Values("normalize.grad_x");
        double[] actual = AdapterGolden.Numbers(x.grad!);
        for (int i = 0; i < gradient.Length; i++)
        {
            // A tiny row's gradient is its small part across the row times 1 / norm: relative to the largest of the row.
            double scale = gradient.Skip(i / 9 * 9).Take(9).Max(Math.Abs);
            AdapterGolden.Near([gradient[i]], [actual[i]], 1e-12 * scale, "gradient");
        }
    }

    [Fact]
    public void InfoNce_OfOneDirection_IsCrossEntropyWithSmoothedTargets()
    {
        // The stored targets are any classes; rows put in their order have theirs on the diagonal.
        foreach (JsonElement golden in s_blocks.GetProperty("cross_entropy_label_smoothing").EnumerateArray())
        {
            using DisposeScope scope = NewDisposeScope();
            int[] target = golden.GetProperty("target").Integers();
            double[][] rows = [.. golden.GetProperty("logits").EnumerateArray().Select(Numbers)];
            int classes = rows[0].Length;
            double smoothing = golden.Number("eps");

            double total = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                // One row repeated: with row r rolled so that its class stands at r, each has the same loss.
                double[] square =
                [
                    .. from r in Enumerable.Range(0, classes)
                       from c in Enumerable.Range(0, classes)
                       select rows[i][(c - r + target[i] + classes) % classes],
                ];
                total += ContrastiveLoss.InfoNce(
                    tensor(square, [classes, classes]), LossDirection.ImageToText, smoothing).ToDouble();
            }

            GoldenJson.Close(golden.Number("loss"), total / rows.Length, 1e-13, "loss");
        }
    }

    private static ParameterArena Arena(double[] values)
    {
        using Generator unused = new();
        ParameterArena arena = new(
            [new ParameterSpec("all", [values.Length])], WeightDecay.All, ScalarType.Float64, unused);
        using Tensor start = tensor(values);
        arena.Values.copy_(start);
        return arena;
    }

    private static Tensor Matrix(string name) =>
        tensor(s_tensors.Values(name), [.. s_tensors.Shape(name).Select(size => (long)size)]);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.Number())];

    private static IEnumerable<double> Flatten(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flatten) : [value.Number()];
}
