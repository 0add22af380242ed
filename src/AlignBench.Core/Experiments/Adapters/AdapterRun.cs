using AlignBench.Adapters;
using AlignBench.Adapters.Training;
using AlignBench.Features;
using AlignBench.Safetensors;
using Serilog;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Experiments.Adapters;

/// <summary>What one adapter's training gave.</summary>
/// <param name="Adapter">Its name.</param>
/// <param name="Seed">Of weights, order and dropout.</param>
/// <param name="Steps">Rows of <see cref="AdapterRun.StepColumns"/>, NaN for an empty cell.</param>
/// <param name="Epochs">Rows of <see cref="AdapterRun.EpochColumns"/>, NaN for an empty cell.</param>
/// <param name="Map">Rows of <see cref="EmbeddingMap.Columns"/>.</param>
/// <param name="Before">Measured with the first weights.</param>
/// <param name="After">Measured with the last ones.</param>
/// <param name="ZeroShot">Before training, then after it; empty if the study has no such task.</param>
/// <param name="Modalities">Before training, then after it; empty with two sides.</param>
/// <param name="Files">Written, relative to the study's folder.</param>
internal sealed record AdapterResult(
    string Adapter,
    long Seed,
    IReadOnlyList<double[]> Steps,
    IReadOnlyList<double[]> Epochs,
    IReadOnlyList<double[]> Map,
    AlignmentMeasurement[] Before,
    AlignmentMeasurement[] After,
    IReadOnlyList<(string When, ZeroShotScore Score)> ZeroShot,
    IReadOnlyList<(string When, ModalityScore Score)> Modalities,
    IReadOnlyList<string> Files);

/// <summary>Trains and measures one adapter of a study with one seed.</summary>
internal sealed class AdapterRun : IDisposable
{
    private const string StepTable = "steps";
    private const string EpochTable = "epochs";
    private const string MapTable = "map";

    // For who watches: the names of columns are long.
    private static readonly (string Name, string Column)[] s_figures =
    [
        ("epoch", "epoch"), ("loss", "train_loss"), ("validation", "validation_infonce"), ("R@10", "validation_r10"),
        ("lambda", "lambda"), ("image", "validation_image_reference"), ("text", "validation_text_reference"),
        ("both", "validation_multimodal_reference"),
    ];

    private readonly AdapterRunConfig _config;
    private readonly EvaluationSettings _evaluation;
    private readonly AdapterData _data;
    private readonly AdapterPlan _plan;
    private readonly AlignmentMeter _meter;
    private readonly AdapterRows _rows;
    private readonly EmbeddingMap _map;
    private readonly long _seed;
    private readonly TrainingFeatures _features;        // as they belong together
    private readonly TrainingFeatures _paired;          // as they are trained on
    private readonly AdapterTrainer _trainer;
    private readonly Tensor _train;                     // [n] items
    private readonly Tensor? _order;                    // [epochs, n] items, if given

    public AdapterRun(
        AdapterRunConfig config, EvaluationSettings evaluation, AdapterData data, AdapterRows rows, AlignmentMeter meter, long seed)
    {
        _config = config;
        _evaluation = evaluation;
        _data = data;
        _meter = meter;
        _rows = rows;
        _seed = seed;
        _map = new EmbeddingMap([.. rows.Validation.Take(evaluation.MapItems!.Value)], data.Reference);
        _plan = new AdapterPlan(config, data, rows);
        _features = _plan.Features(data);
        _paired = AdapterWords.Of(AdapterWords.Pairs, config.Settings.Pairs) ? _plan.ShuffledFeatures(data, rows, seed) : _features;
        _trainer = new AdapterTrainer(_plan.Modalities, _paired, _plan.Settings, seed);
        _train = tensor(rows.Train.Select(row => (long)row).ToArray());
        _order = config.Settings.Order is null ? null : ReadOrder(config.Settings.Order);
        if (config.Settings.Init is string init)
        {
            ReadWeights(init);
        }
    }

    public static IReadOnlyList<string> StepColumns { get; } =
        ["epoch", "step", "lr", "loss", "gradient_norm_before_clipping", "lambda_loss", "lambda"];

    public static IReadOnlyList<string> EpochColumns { get; } =
    [
        "epoch", "train_loss", "validation_infonce", "validation_image_to_text_r1", "validation_r5", "validation_r10",
        "lambda", "validation_text_to_image_r1", "validation_text_to_image_r5", "validation_text_to_image_r10",
        .. from rows in (string[])["train", "validation"]
           from what in (string[])["image_reference", "text_reference", "multimodal_reference", "multimodal_reference_learned"]
           select $"{rows}_{what}",
    ];

    /// <param name="output">The study's folder.</param>
    /// <param name="digest">Of everything the study depends on.</param>
    /// <param name="resume">Whether to go on from the last checkpoint.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="log">Told after each epoch.</param>
    /// <param name="cancellation">Looked at after each step; whole epochs are kept.</param>
    public AdapterResult Train(
        string output, string digest, bool resume, IProgress<StageProgress>? progress, ILogger log, CancellationToken cancellation)
    {
        AlignmentMeasurement[] before = _meter.Measure(Embed, _trainer.Lambda);
        List<(string When, ZeroShotScore Score)> zeroShot = [.. MeasureZeroShot("before")];
        List<(string When, ModalityScore Score)> modalities = [.. MeasureModalities("before")];
        string name = FolderName;
        string last = Path.Combine(output, "checkpoints", $"{name}.safetensors");
        List<double[]> steps = [];
        List<double[]> epochs = [];
        List<double[]> map = [];
        int done = 0;
        if (resume && File.Exists(last))
        {
            TrainerState state = TrainerState.Restore(last, _trainer, digest);
            done = state.Epoch;
            steps.AddRange(state.Tables.GetValueOrDefault(StepTable, []));
            epochs.AddRange(state.Tables[EpochTable]);
            map.AddRange(state.Tables.GetValueOrDefault(MapTable, []));
            log.Information("{Adapter:l}: going on after epoch {Epoch}", _config.Name, done);
        }
        else
        {
            epochs.Add(EpochRow(0, double.NaN));
            map.AddRange(MapRows(0));
        }

        for (int epoch = done + 1; epoch <= _config.Settings.Epochs; epoch++)
        {
            double loss = RunEpoch(epoch, steps, progress, cancellation);
            epochs.Add(EpochRow(epoch, loss));
            progress?.Report(new StageProgress(FolderName, steps.Count, _plan.Settings.Schedule.Steps) { Figures = Figures(epochs) });
            map.AddRange(MapRows(epoch));
            TrainerState state = new(
                epoch,
                new Dictionary<string, double[][]> { [StepTable] = [.. steps], [EpochTable] = [.. epochs], [MapTable] = [.. map] });
            state.Save(last, _trainer, digest);
            if (_evaluation.KeepCheckpoints!.Value)
            {
                File.Copy(last, Path.Combine(output, "checkpoints", $"{name}-{epoch:D4}.safetensors"), overwrite: true);
            }

            log.Debug("{Adapter:l} epoch {Epoch}: loss {Loss:F4}, validation {Validation:F4}", _config.Name, epoch, loss, epochs[^1][2]);
        }

        zeroShot.AddRange(MeasureZeroShot("after"));
        modalities.AddRange(MeasureModalities("after"));
        string folder = Path.Combine("adapters", name);
        string[] files = AdapterFile.Save(
            Path.Combine(output, folder),
            new AdapterFileConfig
            {
                Normalize = _plan.Settings.Objective.Normalize,
                Lambda = _trainer.Lambda,
                Modalities = _plan.Modalities.ToDictionary(modality => modality.Name, modality => modality.Shape),
            },
            _trainer.Parameters);
        return new AdapterResult(
            _config.Name, _seed, steps, epochs, map, before, _meter.Measure(Embed, _trainer.Lambda), zeroShot, modalities,
            [.. files.Select(file => Path.Combine(folder, file))]);
    }

    public void Dispose()
    {
        _order?.Dispose();
        _train.Dispose();
        _trainer.Dispose();
        if (!ReferenceEquals(_paired, _features))
        {
            _paired.Dispose();
        }

        _features.Dispose();
    }

    // The latest of each that was measured; not every epoch is measured in full.
    private static (string Name, double Value)[] Figures(List<double[]> epochs) =>
    [
        .. from figure in s_figures
           let column = EpochColumns.ToList().IndexOf(figure.Column)
           let latest = epochs.LastOrDefault(row => !double.IsNaN(row[column]))
           where latest is not null
           select (figure.Name, latest[column]),
    ];

    private string FolderName => _seed == 0 ? _config.Name : $"{_config.Name}-seed{_seed}";

    private double RunEpoch(int epoch, List<double[]> steps, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        using Tensor order = _order is null
            ? Shuffled()
            : _order.select(0, epoch - 1).clone();
        double total = 0;
        for (int i = 0; i < _plan.StepsPerEpoch; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            long start = (long)i * _config.Settings.Batch!.Value;
            using Tensor batch = order.narrow(0, start, Math.Min(_config.Settings.Batch.Value, order.shape[0] - start));
            StepRecord step = _trainer.Step(batch);
            if (!double.IsFinite(step.Loss))
            {
                throw new AlignBenchException(
                    $"adapter '{_config.Name}': the loss of epoch {epoch}, step {i} is {step.Loss}, expected a finite number "
                    + "(a lower learning_rate or a higher temperature may help)");
            }

            total += step.Loss;
            steps.Add(
            [
                epoch, i, step.Rate, step.Loss, step.GradientNorm, step.LambdaLoss ?? double.NaN, step.Lambda ?? double.NaN,
            ]);
            progress?.Report(new StageProgress(FolderName, steps.Count, _plan.Settings.Schedule.Steps));
        }

        return total / _plan.StepsPerEpoch;
    }

    private Tensor Shuffled()
    {
        using Tensor permutation = randperm(_train.shape[0], generator: _trainer.Random);
        return _train.index_select(0, permutation);
    }

    private double[] EpochRow(int epoch, double trainLoss)
    {
        bool isEnd = epoch == 0 || epoch == _config.Settings.Epochs;
        int every = _evaluation.NeighborsEvery!.Value;
        EmbeddingPair validation = Embed(_rows.Named("validation"));
        bool withRecall = isEnd || AdapterWords.Of(AdapterWords.RecallEpochs, _evaluation.RecallEpochs);
        double[] there = Recalls(withRecall, validation.First, validation.Second);
        double[] back = Recalls(withRecall, validation.Second, validation.First);
        bool withNeighbors = isEnd || (every > 0 && epoch % every == 0);
        return
        [
            epoch, trainLoss, _trainer.EvaluateInfoNce(_features, _rows.Validation), .. there, _trainer.Lambda ?? double.NaN, .. back,
            .. Neighbors("train", withNeighbors ? Embed(_rows.Named("train")) : null),
            .. Neighbors("validation", withNeighbors ? validation : null),
        ];
    }

    private static double[] Recalls(bool wanted, FeatureMatrix queries, FeatureMatrix candidates) => wanted
        ? PartnerRecall.Of(queries, candidates)
        : [.. PartnerRecall.Ks.Select(_ => double.NaN)];

    private double[] Neighbors(string rows, EmbeddingPair? pair) => pair is null
        ? [double.NaN, double.NaN, double.NaN, double.NaN]
        :
        [
            _meter.Score(rows, pair.First) ?? double.NaN,
            _meter.Score(rows, pair.Second) ?? double.NaN,
            _meter.Score(rows, pair.Blend(_evaluation.Lambda!.Value)) ?? double.NaN,
            _trainer.Lambda is double learned ? _meter.Score(rows, pair.Blend(learned)) ?? double.NaN : double.NaN,
        ];

    private IEnumerable<double[]> MapRows(int epoch) =>
        epoch == 0 || epoch == _config.Settings.Epochs || _evaluation.MapEpochs!.Contains(epoch)
            ? _map.Rows(epoch, _trainer.Embed(_features, _map.Items), _evaluation.Lambda!.Value)
            : [];

    private IEnumerable<(string When, ZeroShotScore Score)> MeasureZeroShot(string when) => _data.ZeroShot is not ZeroShotData task
        ? []
        : new ZeroShotMeter(task, _evaluation.Lambda!.Value).Measure(
            _trainer.Embed(0, task.Images), _trainer.Embed(1, task.Prompts),
            Embed(_rows.Named("train")), _data.Reference.SelectRows(_rows.Train)).Select(score => (when, score));

    private IEnumerable<(string When, ModalityScore Score)> MeasureModalities(string when) => _data.Modalities.Count < 3
        ? []
        : new ModalityMeter(
            [.. _data.Modalities.Select(side => side.Name)], _rows.Named("validation"), _data.Reference, _evaluation.K!.Value)
            .Measure(_trainer.EmbedAll(_features, _rows.Validation)).Select(score => (when, score));

    private EmbeddingPair Embed(RowSet set) => _trainer.Embed(_features, set.Items);

    private void ReadWeights(string path)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using SafetensorsFile file = SafetensorsFile.Open(path);
        foreach (ParameterSpec spec in _trainer.Parameters.Specs)
        {
            string[] names = [$"{_config.Name}.{spec.Name}", $"init.{spec.Name}", spec.Name];
            _trainer.Parameters[spec.Name].copy_(TensorFile.Read(
                file, names.FirstOrDefault(file.Tensors.ContainsKey) ?? spec.Name, _plan.Settings.Type, spec.Shape));
        }
    }

    private Tensor ReadOrder(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return TensorFile.Read(file, "order", ScalarType.Int64, [_config.Settings.Epochs!.Value, _rows.Train.Length])
            .DetachFromDisposeScope();
    }
}
