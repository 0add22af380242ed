using AlignBench.Adapters.Fused;
using AlignBench.Adapters.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Training;

/// <summary>
/// Learns lambda of the multimodal embedding h = λ f + (1 - λ) g beside the adapters. The contrastive loss of f and
/// g alone gives lambda no gradient; this reading of "learnable" minimises ½ (L(h, f) + L(h, g)), h normalised, L the
/// symmetric smoothed InfoNCE, on the outputs of the step's own forward pass, which it leaves as they are: with it
/// or without, the adapters are the same. λ = σ(a), a = 0 at first; AdamW of its own without decay or clipping.
/// </summary>
public sealed class BlendWeight : IDisposable
{
    private const string Name = "a";

    private readonly double _smoothing;
    private readonly LearningRateSchedule _schedule;
    private readonly Generator _unused = new();
    private FusedBlend? _fused;

    /// <param name="smoothing">Label smoothing of L.</param>
    /// <param name="schedule">That of the adapters.</param>
    /// <param name="optimizer">Betas and epsilon of the adapters; the decay is left out.</param>
    /// <param name="type">That of the adapters' outputs.</param>
    public BlendWeight(double smoothing, LearningRateSchedule schedule, AdamWSettings optimizer, ScalarType type)
    {
        _smoothing = smoothing;
        _schedule = schedule;
        Parameters = new ParameterArena([new ParameterSpec(Name, [])], WeightDecay.All, type, _unused);
        Optimizer = new AdamW(Parameters, optimizer with { WeightDecay = 0 });
    }

    public ParameterArena Parameters { get; }

    public AdamW Optimizer { get; }

    /// <summary>λ, between 0 (the second side alone) and 1.</summary>
    public double Lambda
    {
        get
        {
            using IDisposable unrecorded = no_grad();
            using DisposeScope scope = NewDisposeScope();
            return Parameters[Name].sigmoid().ToDouble();
        }
    }

    /// <summary>One step on unit vectors [B, e] that carry no gradient.</summary>
    /// <param name="f">First side.</param>
    /// <param name="g">Second side.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <returns>The loss before the step.</returns>
    public double Step(Tensor f, Tensor g, Tensor scale)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor share = Parameters[Name].sigmoid();
        Tensor h = ContrastiveLoss.Normalize((f * share) + (g * (1 - share))) * scale;
        Tensor loss = (Against(h, f) + Against(h, g)) / 2;
        Parameters.ZeroGradients();
        loss.backward();
        Optimizer.Step(_schedule.At((int)Optimizer.Steps));
        return loss.ToDouble();
    }

    /// <summary>The same with the pass that is written out.</summary>
    /// <param name="f">[B, e], unit vectors, float32.</param>
    /// <param name="g">[B, e], unit vectors.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="most">Most rows of a batch.</param>
    internal double StepFused(Tensor f, Tensor g, float scale, int most)
    {
        if (_fused is null || _fused.Most < most)
        {
            _fused?.Dispose();
            _fused = new FusedBlend(most, (int)f.shape[1], _smoothing);
        }

        double share = Lambda;
        (double loss, double derivative) = _fused.Run(f, g, share, scale);
        Lanes.Of(Parameters.Gradients)[0] = (float)(derivative * share * (1 - share));
        Optimizer.Step(_schedule.At((int)Optimizer.Steps));
        return loss;
    }

    public void Dispose()
    {
        _fused?.Dispose();
        Optimizer.Dispose();
        Parameters.Dispose();
        _unused.Dispose();
    }

    private Tensor Against(Tensor h, Tensor side) =>
        ContrastiveLoss.InfoNce(h.matmul(side.t()), LossDirection.Symmetric, _smoothing);
}
