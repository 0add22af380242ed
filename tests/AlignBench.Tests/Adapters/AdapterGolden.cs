using System.Text.Json;
using AlignBench.Adapters;
using AlignBench.Adapters.Losses;
using AlignBench.Adapters.Training;
using AlignBench.Tests.Regression;
using AlignBench.Tests.Statistics;
using static TorchSharp.torch;

namespace AlignBench.Tests.Adapters;

/// <summary>One training case of tests/goldens/adapters, ready to run in either precision.</summary>
internal sealed class AdapterGolden
{
    private readonly JsonElement _json;
    private readonly GoldenTensors _tensors;

    public AdapterGolden(string name)
    {
        _json = GoldenJson.Load("adapters", $"{name}.json");
        _tensors = new GoldenTensors(TestPaths.Golden("adapters", $"{name}.safetensors"));
        Config = _json.GetProperty("config");
        Modalities = [.. Config.GetProperty("dims").EnumerateObject().Select(side => side.Name)];
    }

    public JsonElement Config { get; }

    public string[] Modalities { get; }

    public GoldenTensors Tensors => _tensors;

    /// <summary>Neighbours shared, by pair of modalities and k, at a stage: raw, projected_start, projected_end.</summary>
    public JsonElement? Neighbors =>
        _json.TryGetProperty("mutual_knn_intersections", out JsonElement neighbors) ? neighbors : null;

    /// <summary>The trainer with the case's first weights.</summary>
    public AdapterTrainer Start(ScalarType type)
    {
        int items = Config.GetProperty("n").GetInt32();
        Tensor[] sides = [.. Modalities.Select(side => Make($"x.{side}", type))];
        TrainingFeatures features = new(items, sides);
        AdapterTrainer trainer = new(
            [.. Modalities.Select((side, m) => (side, Shape(features.Width(m))))], features, Settings(type), seed: 0);
        foreach (ParameterSpec spec in trainer.Parameters.Specs)
        {
            using IDisposable unrecorded = no_grad();
            trainer.Parameters[spec.Name].copy_(Make($"init.{spec.Name}", type).view(spec.Shape));
        }

        return trainer;
    }

    /// <summary>Trains as the case says; the trainer has the final weights.</summary>
    public (AdapterTrainer Trainer, StepRecord[] Steps, Dictionary<string, double[]> FirstGradients) Run(ScalarType type)
    {
        AdapterTrainer trainer = Start(type);
        long[] order = [.. _tensors.Values("order").Select(row => (long)row)];
        int batch = Config.GetProperty("batch").GetInt32();
        List<StepRecord> steps = [];
        Dictionary<string, double[]> first = [];
        for (int step = 0; step < order.Length / batch; step++)
        {
            using Tensor rows = tensor(order[(step * batch)..((step + 1) * batch)]);
            steps.Add(trainer.Step(rows));
            if (step == 0)
            {
                first = trainer.Parameters.Specs.ToDictionary(
                    spec => spec.Name, spec => Numbers(trainer.Parameters[spec.Name].grad!));
            }
        }

        return (trainer, [.. steps], first);
    }

    public static double[] Numbers(Tensor values) => values.detach().to(ScalarType.Float64).data<double>().ToArray();

    /// <summary>Every element within an absolute tolerance.</summary>
    public static void Near(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double apart = Math.Abs(expected[i] - actual[i]);
            Assert.True(apart <= tolerance, $"{what} [{i}]: expected {expected[i]:R}, got {actual[i]:R}, apart by {apart:G3}");
        }
    }

    private Tensor Make(string name, ScalarType type) =>
        tensor(_tensors.Values(name), [.. _tensors.Shape(name).Select(size => (long)size)]).to(type);

    private AdapterShape Shape(int width) => new(
        Text("model") == "mlp" ? AdapterKind.MlpGeluNorm : AdapterKind.Linear, width, Config.GetProperty("out").GetInt32())
    {
        Hidden = Config.GetProperty("hidden").GetInt32(),
        Bias = Text("model") != "linear",
        Gelu = Text("gelu", "exact") == "tanh" ? GeluForm.Tanh : GeluForm.Erf,
    };

    private TrainingSettings Settings(ScalarType type) => new()
    {
        Objective = new ObjectiveSettings(Text("loss") switch
        {
            "infonce" or "infonce_learned" => "infonce",
            "multi" => "multi_positive",
            "three" => "pairwise_sum",
            string same => same,
        })
        {
            Temperature = Number("tau", 0.02),
            LearnTemperature = Text("loss") == "infonce_learned",
            LabelSmoothing = Number("smooth", 0),
        },
        Schedule = new LearningRateSchedule(
            Number("lr"),
            Config.GetProperty("warmup").GetInt32(),
            Config.GetProperty("steps").GetInt32(),
            Text("schedule") == "cosine_hf" ? WarmUp.FromZero : WarmUp.FromFirstStep),
        Optimizer = new AdamWSettings(Number("wd")),
        Decay = Text("decay") == "all" ? WeightDecay.All : WeightDecay.Matrices,
        GradientClip = Number("clip"),
        Type = type,
    };

    private string Text(string key, string missing = "") =>
        Config.TryGetProperty(key, out JsonElement value) ? value.GetString()! : missing;

    private double Number(string key, double missing = double.NaN) =>
        Config.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : missing;
}
