using AlignBench.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters;

/// <summary>
/// Trains an adapter a modality on resident features, one batch after another. All its state can be stored and put
/// back (<see cref="TrainerState"/>). Create it, and call it, outside any <see cref="DisposeScope"/>.
/// </summary>
public sealed class AdapterTrainer : IDisposable
{
    private readonly TrainingFeatures _features;
    private readonly TrainingSettings _settings;
    private readonly Objective _objective;

    /// <param name="modalities">Name and shape of each side's adapter, in the order of <paramref name="features"/>.</param>
    /// <param name="features">Kept, not owned.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Of first weights, order and dropout.</param>
    public AdapterTrainer(
        IReadOnlyList<(string Name, AdapterShape Shape)> modalities,
        TrainingFeatures features,
        TrainingSettings settings,
        long seed)
    {
        ArgumentNullException.ThrowIfNull(modalities);
        ArgumentNullException.ThrowIfNull(settings);
        _features = features;
        _settings = settings;
        Random = new Generator((ulong)seed);
        Parameters = new ParameterArena(
            [
                .. modalities.SelectMany(modality => Adapter.SpecsOf(modality.Name, modality.Shape)),
                .. Objective.SpecsOf(settings.Objective),
            ],
            settings.Decay,
            settings.Type,
            Random);
        Adapters = [.. modalities.Select(modality => new Adapter(modality.Name, modality.Shape, Parameters))];
        _objective = new Objective(settings.Objective, [.. modalities.Select(modality => modality.Name)], Parameters);
        Optimizer = new AdamW(Parameters, settings.Optimizer);
        Blend = settings.LearnBlend
            ? new BlendWeight(settings.Objective.LabelSmoothing, settings.Schedule, settings.Optimizer, settings.Type)
            : null;
    }

    public IReadOnlyList<Adapter> Adapters { get; }

    public ParameterArena Parameters { get; }

    public AdamW Optimizer { get; }

    /// <summary>Null if lambda is not learned, or learned by the objective itself.</summary>
    public BlendWeight? Blend { get; }

    /// <summary>Draws first weights, then orders and dropout.</summary>
    public Generator Random { get; }

    public Objective Objective => _objective;

    /// <summary>Lambda of the multimodal embedding, if anything learns it.</summary>
    public double? Lambda
    {
        get
        {
            if (Blend is not null || !Parameters.Has(Objective.Mix))
            {
                return Blend?.Lambda;
            }

            using IDisposable unrecorded = no_grad();
            using DisposeScope scope = NewDisposeScope();
            return Parameters[Objective.Mix].sigmoid().ToDouble();
        }
    }

    /// <summary>One step.</summary>
    /// <param name="items">[B] int64, the batch.</param>
    public StepRecord Step(Tensor items)
    {
        using DisposeScope scope = NewDisposeScope();
        double rate = _settings.Schedule.At((int)Optimizer.Steps);
        Tensor[] projected = Project(items, Random);
        Tensor loss = _objective.Loss(projected);
        Parameters.ZeroGradients();
        loss.backward();
        double norm = Parameters.ClipGradients(_settings.GradientClip);
        double? lambdaLoss = StepBlend(projected);
        Optimizer.Step(rate);
        _objective.Clamp();
        return new StepRecord(rate, loss.ToDouble(), norm, lambdaLoss, Lambda);
    }

    /// <summary>Every side of some items, [B * c, e], not normalised.</summary>
    /// <param name="items">[B] int64.</param>
    /// <param name="dropout">Null for evaluation.</param>
    public Tensor[] Project(Tensor items, Generator? dropout) =>
        [.. Adapters.Select((adapter, side) => adapter.Forward(_features.Rows(side, items), dropout))];

    /// <summary>The first two sides of some items in the shared space, as the loss compares them.</summary>
    /// <param name="features">Of all items; of several captions the first counts.</param>
    /// <param name="items">Row numbers.</param>
    public EmbeddingPair Embed(TrainingFeatures features, int[] items)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] sides = [.. FirstTwo(features, items).Select(side => side.to(ScalarType.Float64))];
        IReadOnlyList<Tensor> prepared = _objective.Prepared(sides);
        return new EmbeddingPair(ToMatrix(prepared[0]), ToMatrix(prepared[1]));
    }

    /// <summary>InfoNCE of the first two sides of some items, all at once, without smoothing.</summary>
    /// <inheritdoc cref="Embed"/>
    public double EvaluateInfoNce(TrainingFeatures features, int[] items)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<Tensor> sides = _objective.Prepared(FirstTwo(features, items));
        Tensor logits = (sides[0] * _objective.Scale).matmul(sides[1].t());
        return ContrastiveLoss.InfoNce(logits, _settings.Objective.Direction, smoothing: 0).ToDouble();
    }

    public void Dispose()
    {
        Blend?.Dispose();
        _objective.Dispose();
        Optimizer.Dispose();
        Parameters.Dispose();
        Random.Dispose();
    }

    private Tensor[] FirstTwo(TrainingFeatures features, int[] items)
    {
        Tensor rows = tensor(items.Select(item => (long)item).ToArray());
        return [.. Adapters.Take(2).Select((adapter, side) => adapter.Forward(features.FirstRows(side, rows), dropout: null))];
    }

    private static FeatureMatrix ToMatrix(Tensor values) =>
        new((int)values.shape[0], (int)values.shape[1], values.contiguous().data<double>().ToArray());

    // On the outputs before this step's update.
    private double? StepBlend(Tensor[] projected)
    {
        if (Blend is null)
        {
            return null;
        }

        using Tensor scale = _objective.Scale.detach();
        return Blend.Step(
            ContrastiveLoss.Normalize(projected[0].detach()), ContrastiveLoss.Normalize(projected[1].detach()), scale);
    }
}
