using AlignBench.Adapters.Training;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Losses;

/// <summary>The loss of a training run: a kind with its settings, and what it learns besides the adapters.</summary>
public sealed class Objective : IDisposable
{
    /// <summary>Name of the learned logarithm of the scale.</summary>
    public const string LogitScale = "logit_scale";

    /// <summary>Name of what <c>mix</c> learns: lambda is its sigmoid.</summary>
    public const string Mix = "lam";

    // CLIP's first temperature, .07, and largest scale, 100 (arXiv:2103.00020, section 2.5).
    private const double FirstTemperature = 0.07;
    private const double LargestScale = 100;

    private readonly ParameterArena _arena;
    private readonly ObjectiveKind _kind;
    private readonly ObjectiveSettings _settings;
    private readonly int[] _anchors;
    private readonly Tensor _fixedScale;

    /// <param name="settings">What is minimised.</param>
    /// <param name="modalities">Names of the sides, in order.</param>
    /// <param name="arena">Has the parameters of <see cref="SpecsOf"/>.</param>
    public Objective(ObjectiveSettings settings, IReadOnlyList<string> modalities, ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(arena);
        _kind = KindOf(settings);
        _settings = settings;
        _arena = arena;
        _anchors = [.. Enumerable.Range(0, modalities.Count).Where(m => settings.Anchor is null || modalities[m] == settings.Anchor)];
        _fixedScale = tensor(1 / settings.Temperature, arena.Values.dtype).DetachFromDisposeScope();
    }

    /// <summary>What the objective learns besides the adapters.</summary>
    public static IEnumerable<ParameterSpec> SpecsOf(ObjectiveSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ObjectiveKind kind = KindOf(settings);
        return settings.LearnTemperature && kind.HasTemperature
            ? [new ParameterSpec(LogitScale, []) { Start = Math.Log(1 / FirstTemperature) }, .. kind.Parameters]
            : kind.Parameters;
    }

    /// <exception cref="ConfigException">No kind has that name.</exception>
    public static ObjectiveKind KindOf(ObjectiveSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string[] names = [.. ObjectiveKind.All.Select(kind => kind.Name)];
        return ObjectiveKind.All.FirstOrDefault(kind => kind.Name == settings.Kind) ?? throw new ConfigException(
            $"unknown objective '{settings.Kind}'{Suggestion.For(settings.Kind, names)}; expected {string.Join(" or ", names)}");
    }

    /// <summary>The loss of a batch, recorded by autograd if its sides are.</summary>
    /// <param name="projected">What the adapters gave, a modality each.</param>
    public Tensor Loss(IReadOnlyList<Tensor> projected) =>
        _kind.Loss(new ObjectiveBatch(_settings, Prepared(projected), Scale, name => _arena[name]) { Anchors = _anchors });

    /// <summary>What a similarity is taken of: the projections, or their unit vectors.</summary>
    public IReadOnlyList<Tensor> Prepared(IReadOnlyList<Tensor> projected) =>
        _settings.Normalize ? [.. projected.Select(ContrastiveLoss.Normalize)] : projected;

    /// <summary>Keeps a learned scale at or below 100; to be called after each step.</summary>
    public void Clamp()
    {
        if (_arena.Has(LogitScale))
        {
            using IDisposable unrecorded = no_grad();
            _arena[LogitScale].clamp_(max: Math.Log(LargestScale));
        }
    }

    /// <summary>One number, 1 / temperature, learned or fixed.</summary>
    public Tensor Scale => _arena.Has(LogitScale) ? _arena[LogitScale].exp() : _fixedScale;

    public void Dispose() => _fixedScale.Dispose();
}
