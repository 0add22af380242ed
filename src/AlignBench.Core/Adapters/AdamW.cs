using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters;

/// <summary>Settings of <see cref="AdamW"/>; PyTorch's defaults.</summary>
/// <param name="WeightDecay">λ of the decoupled decay p ← p (1 - rate λ).</param>
public sealed record AdamWSettings(double WeightDecay)
{
    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>
/// Adam with decoupled decay (Loshchilov and Hutter 2019, arXiv:1711.05101) on a whole <see cref="ParameterArena"/>
/// at once. torch.optim.AdamW keeps its moments to itself; here they can be stored and a run taken up again.
/// </summary>
public sealed class AdamW : IDisposable
{
    private readonly ParameterArena _parameters;
    private readonly AdamWSettings _settings;

    public AdamW(ParameterArena parameters, AdamWSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _settings = settings;
        Mean = zeros_like(parameters.Values).DetachFromDisposeScope();
        MeanOfSquares = zeros_like(parameters.Values).DetachFromDisposeScope();
    }

    /// <summary>[P], first moments.</summary>
    public Tensor Mean { get; }

    /// <summary>[P], second moments.</summary>
    public Tensor MeanOfSquares { get; }

    /// <summary>Steps done.</summary>
    public long Steps { get; set; }

    /// <summary>Moves all values along the arena's gradients.</summary>
    public void Step(double rate)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Steps++;
        Tensor gradients = _parameters.Gradients;
        double correction1 = 1 - Math.Pow(_settings.Beta1, Steps);
        double correction2 = 1 - Math.Pow(_settings.Beta2, Steps);
        _parameters.DecayedValues.mul_(1 - (rate * _settings.WeightDecay));
        Mean.mul_(_settings.Beta1).add_(gradients, 1 - _settings.Beta1);
        MeanOfSquares.mul_(_settings.Beta2).addcmul_(gradients, gradients, 1 - _settings.Beta2);
        Tensor root = MeanOfSquares.sqrt().div_(Math.Sqrt(correction2)).add_(_settings.Epsilon);
        _parameters.Values.addcdiv_(Mean, root, -rate / correction1);
    }

    public void Dispose()
    {
        Mean.Dispose();
        MeanOfSquares.Dispose();
    }
}
