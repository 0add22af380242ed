using AlignBench.Adapters;
using AlignBench.Adapters.Losses;
using AlignBench.Adapters.Training;
using AlignBench.Features;
using AlignBench.Statistics.Generators;

using static TorchSharp.torch;

namespace AlignBench.Experiments.Adapters;

/// <summary>An adapter's settings as the trainer takes them.</summary>
internal sealed class AdapterPlan
{
    private readonly AdapterSettings _settings;

    public AdapterPlan(AdapterRunConfig config, AdapterData data, AdapterRows rows)
    {
        _settings = config.Settings;
        int batch = _settings.Batch!.Value;
        bool keepLast = AdapterWords.Of(AdapterWords.LastBatches, _settings.LastBatch);
        StepsPerEpoch = keepLast ? (rows.Train.Length + batch - 1) / batch : rows.Train.Length / batch;
        if (StepsPerEpoch == 0)
        {
            throw new ConfigException(
                $"adapter '{config.Name}': batch is {batch}, there are {rows.Train.Length} rows to train on and last_batch is drop");
        }

        int width = _settings.Width is > 0 and int own ? own : data.Reference.Columns;
        Modalities =
        [
            .. data.Modalities.Select(side => (side.Name, new AdapterShape(
                AdapterWords.Of(AdapterWords.Kinds, config.Kind), side.Values.Columns, width)
            {
                Hidden = config.Kind == "linear" ? 0 : _settings.Hidden is > 0 and int hidden ? hidden : width,
                Bias = _settings.Bias!.Value,
                Gelu = AdapterWords.Of(AdapterWords.Gelus, _settings.Gelu),
                Dropout = _settings.Dropout!.Value,
            })),
        ];
        Settings = Translate(StepsPerEpoch * _settings.Epochs!.Value);
    }

    public int StepsPerEpoch { get; }

    public IReadOnlyList<(string Name, AdapterShape Shape)> Modalities { get; }

    public TrainingSettings Settings { get; }

    /// <summary>The data as resident tensors. To be called outside any dispose scope.</summary>
    public TrainingFeatures Features(AdapterData data) => Resident(data, side => side.First(_settings.Captions!.Value));

    /// <summary>
    /// The same with the training items' rows of every side but the first dealt out anew: the control of pairs that
    /// do not belong together.
    /// </summary>
    public TrainingFeatures ShuffledFeatures(AdapterData data, AdapterRows rows, long seed)
    {
        int[] dealt = [.. rows.Train];
        new NumPyRandom(unchecked((uint)seed)).Shuffle(dealt.AsSpan());
        Dictionary<int, int> sourceOf = rows.Train.Zip(dealt).ToDictionary(pair => pair.First, pair => pair.Second);
        return Resident(data, side =>
        {
            FeatureMatrix values = side.First(_settings.Captions!.Value);
            int perItem = values.Rows / data.Items;
            return side == data.Modalities[0] ? values : values.SelectRows(
            [
                .. from item in Enumerable.Range(0, data.Items)
                   from k in Enumerable.Range(0, perItem)
                   select (sourceOf.GetValueOrDefault(item, item) * perItem) + k,
            ]);
        });
    }

    private TrainingFeatures Resident(AdapterData data, Func<AdapterSide, FeatureMatrix> rows)
    {
        Tensor[] sides =
        [
            .. data.Modalities.Select(rows).Select(values =>
            {
                using Tensor wide = tensor(values.Values, [values.Rows, values.Columns]);
                return wide.to(Settings.Type).alias();
            }),
        ];
        TrainingFeatures features = new(data.Items, sides);
        foreach (Tensor side in sides)
        {
            side.Dispose();
        }

        return features;
    }

    private TrainingSettings Translate(int steps) => new()
    {
        Objective = new ObjectiveSettings(_settings.Objective!)
        {
            Temperature = _settings.Temperature!.Value,
            LearnTemperature = _settings.LearnTemperature!.Value,
            Direction = AdapterWords.Of(AdapterWords.Directions, _settings.Direction),
            Normalize = AdapterWords.Of(AdapterWords.Normalizations, _settings.Normalize),
            LabelSmoothing = _settings.LabelSmoothing!.Value,
            Anchor = _settings.Anchor,
        },
        Schedule = new LearningRateSchedule(
            _settings.LearningRate!.Value, _settings.WarmupSteps!.Value, steps,
            AdapterWords.Of(AdapterWords.WarmUps, _settings.WarmupFrom)),
        Optimizer = new AdamWSettings(_settings.WeightDecay!.Value)
        {
            Beta1 = _settings.Beta1!.Value,
            Beta2 = _settings.Beta2!.Value,
            Epsilon = _settings.Epsilon!.Value,
        },
        Decay = AdapterWords.Of(AdapterWords.Decays, _settings.Decay),
        GradientClip = _settings.GradientClip is > 0 and double clip ? clip : double.PositiveInfinity,
        LearnBlend = AdapterWords.Of(AdapterWords.LambdaLosses, _settings.LearnLambda),
        Type = AdapterWords.Of(AdapterWords.Precisions, _settings.Precision) ? ScalarType.Float64 : ScalarType.Float32,
    };
}
