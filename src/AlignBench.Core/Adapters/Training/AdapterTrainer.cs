using AlignBench.Adapters.Fused;
using AlignBench.Adapters.Losses;
using AlignBench.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Training;

/// <summary>
/// Trains an adapter a modality on resident features, one batch after another. All its state can be stored and put
/// back (<see cref="TrainerState"/>). Create it, and call it, outside any <see cref="DisposeScope"/>.
/// </summary>
/// <remarks>
/// The adapters of a step run side by side, each on a thread of its own, forward and backward: the recorded graph is
/// cut at their outputs, where the loss takes over. What is computed does not depend on it.
/// </remarks>
public sealed class AdapterTrainer : IDisposable
{
    private readonly TrainingFeatures _features;
    private readonly TrainingSettings _settings;
    private readonly Objective _objective;
    private readonly IReadOnlyList<(string Name, AdapterShape Shape)> _modalities;
    private FusedPair? _fused;      // made for the first batch's size

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
        _modalities = modalities;
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
        DropoutRandoms = [.. modalities.Select(_ => new Generator(DrawSeed(Random)))];
        Blend = settings.LearnBlend
            ? new BlendWeight(settings.Objective.LabelSmoothing, settings.Schedule, settings.Optimizer, settings.Type)
            : null;
    }

    public IReadOnlyList<Adapter> Adapters { get; }

    public ParameterArena Parameters { get; }

    public AdamW Optimizer { get; }

    /// <summary>Null if lambda is not learned, or learned by the objective itself.</summary>
    public BlendWeight? Blend { get; }

    /// <summary>Draws first weights, the seeds of <see cref="DropoutRandoms"/>, then orders.</summary>
    public Generator Random { get; }

    /// <summary>For each adapter, what draws its dropout.</summary>
    public IReadOnlyList<Generator> DropoutRandoms { get; }

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
        ArgumentNullException.ThrowIfNull(items);
        double rate = _settings.Schedule.At((int)Optimizer.Steps);
        (double loss, double? lambdaLoss) = FusedPair.Supports(_features, _settings) ? FusedGradients(items) : Gradients(items);
        double norm = Parameters.GradientNorm();
        Optimizer.Step(rate, ParameterArena.ClipFactor(norm, _settings.GradientClip));
        _objective.Clamp();
        return new StepRecord(rate, loss, norm, lambdaLoss, Lambda);
    }

    /// <summary>Every side of some items, [B * c, e], not normalised, without dropout.</summary>
    /// <param name="items">[B] int64.</param>
    public Tensor[] Project(Tensor items) =>
        [.. Adapters.Select((adapter, side) => adapter.Forward(_features.Rows(side, items), dropout: null))];

    /// <summary>The first two sides of some items in the shared space, as the loss compares them.</summary>
    /// <param name="features">Of all items; of several captions the first counts.</param>
    /// <param name="items">Row numbers.</param>
    public EmbeddingPair Embed(TrainingFeatures features, int[] items)
    {
        FeatureMatrix[] sides = EmbedSides(features, items, count: 2);
        return new EmbeddingPair(sides[0], sides[1]);
    }

    /// <summary>Every side of some items in the shared space, as the loss compares them.</summary>
    /// <inheritdoc cref="Embed(TrainingFeatures, int[])"/>
    public FeatureMatrix[] EmbedAll(TrainingFeatures features, int[] items) => EmbedSides(features, items, Adapters.Count);

    /// <summary>Features of other items than those trained on in the shared space, as the loss compares them.</summary>
    /// <param name="side">Whose adapter.</param>
    /// <param name="features">[n, d].</param>
    /// <returns>[n, e].</returns>
    public FeatureMatrix Embed(int side, FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(features.Values, [features.Rows, features.Columns]).to(_features.Type);
        Tensor projected = Adapters[side].Forward(x, dropout: null).to(ScalarType.Float64);
        return ToMatrix(_objective.Prepared([projected])[0]);
    }

    /// <summary>InfoNCE of the first two sides of some items, all at once, without smoothing.</summary>
    /// <inheritdoc cref="Embed(TrainingFeatures, int[])"/>
    public double EvaluateInfoNce(TrainingFeatures features, int[] items)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<Tensor> sides = _objective.Prepared(First(2, features, items));
        Tensor logits = (sides[0] * _objective.Scale).matmul(sides[1].t());
        return ContrastiveLoss.InfoNce(logits, _settings.Objective.Direction, smoothing: 0).ToDouble();
    }

    public void Dispose()
    {
        _fused?.Dispose();
        Blend?.Dispose();
        _objective.Dispose();
        Optimizer.Dispose();
        Parameters.Dispose();
        foreach (Generator random in DropoutRandoms)
        {
            random.Dispose();
        }

        Random.Dispose();
    }

    private FeatureMatrix[] EmbedSides(TrainingFeatures features, int[] items, int count)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] sides = [.. First(count, features, items).Select(side => side.to(ScalarType.Float64))];
        return [.. _objective.Prepared(sides).Select(ToMatrix)];
    }

    private Tensor[] First(int count, TrainingFeatures features, int[] items)
    {
        Tensor rows = tensor(items.Select(item => (long)item).ToArray());
        return [.. Adapters.Take(count).Select((adapter, side) => adapter.Forward(features.FirstRows(side, rows), dropout: null))];
    }

    private (double Loss, double? LambdaLoss) FusedGradients(Tensor items)
    {
        using IDisposable unrecorded = no_grad();
        long[] rows = items.data<long>().ToArray();
        if (_fused is null || _fused.Most < rows.Length)
        {
            _fused?.Dispose();
            _fused = new FusedPair(_modalities, _features, _settings, Parameters, DropoutRandoms, rows.Length);
        }

        double loss = _fused.Run(rows);
        return (loss, Blend is null ? null : StepBlend(_fused, rows.Length));
    }

    // The loss pairs them as they are; lambda is always of unit vectors.
    private double StepBlend(FusedPair fused, int rows)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor f = fused.Units(0, rows);
        Tensor g = fused.Units(1, rows);
        bool isUnit = _settings.Objective.Normalize;
        return Blend!.StepFused(
            isUnit ? f : ContrastiveLoss.Normalize(f), isUnit ? g : ContrastiveLoss.Normalize(g),
            (float)(1 / _settings.Objective.Temperature), fused.Most);
    }

    private (double Loss, double? LambdaLoss) Gradients(Tensor items)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] projected = new Tensor[Adapters.Count];
        try
        {
            Parallel.For(0, projected.Length, side => projected[side] = Forward(side, items));
            Tensor[] cut = [.. projected.Select(side => side.detach().requires_grad_())];
            Parameters.ZeroGradients();
            Tensor loss = _objective.Loss(cut);
            loss.backward();
            double? lambdaLoss = null;
            Parallel.For(0, projected.Length + 1, side =>
            {
                if (side < projected.Length)
                {
                    Backward(projected[side], cut[side]);
                }
                else
                {
                    lambdaLoss = StepBlend(cut);
                }
            });
            return (loss.ToDouble(), lambdaLoss);
        }
        finally
        {
            foreach (Tensor? side in projected)
            {
                side?.Dispose();
            }
        }
    }

    private static FeatureMatrix ToMatrix(Tensor values) =>
        new((int)values.shape[0], (int)values.shape[1], values.contiguous().data<double>().ToArray());

    // On any thread: what it leaves belongs to no scope.
    private Tensor Forward(int side, Tensor items)
    {
        using DisposeScope scope = NewDisposeScope();
        return Adapters[side].Forward(_features.Rows(side, items), DropoutRandoms[side]).DetachFromDisposeScope();
    }

    private static void Backward(Tensor projected, Tensor cut)
    {
        using Tensor gradient = cut.grad!;
        projected.backward([gradient]);
    }

    // On the outputs before this step's update.
    private double? StepBlend(Tensor[] cut)
    {
        if (Blend is null)
        {
            return null;
        }

        using DisposeScope scope = NewDisposeScope();
        return Blend.Step(
            ContrastiveLoss.Normalize(cut[0].detach()),
            ContrastiveLoss.Normalize(cut[1].detach()),
            _objective.Scale.detach());
    }

    private static ulong DrawSeed(Generator random)
    {
        using Tensor seed = randint(long.MaxValue, [1], generator: random);
        return (ulong)seed.ToInt64();
    }
}
