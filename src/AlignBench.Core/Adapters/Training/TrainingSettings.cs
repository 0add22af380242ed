using AlignBench.Adapters.Losses;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Training;

/// <summary>Everything of one adapter run that can change a number, but for data, first weights and order.</summary>
public sealed record TrainingSettings
{
    public required ObjectiveSettings Objective { get; init; }

    /// <summary>The steps' rates; as many steps as it has are done.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    public required AdamWSettings Optimizer { get; init; }

    public WeightDecay Decay { get; init; } = WeightDecay.All;

    /// <summary>Largest norm of all gradients together; infinite: no clipping.</summary>
    public double GradientClip { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="BlendWeight"/> learns lambda of the first two sides.</summary>
    public bool LearnBlend { get; init; }

    /// <summary>
    /// Whether passes that are written out take the place of autograd where there are some: two sides, InfoNCE of one
    /// caption an image, a fixed temperature, float32. The numbers differ by rounding alone.
    /// </summary>
    public bool IsFused { get; init; } = true;

    public ScalarType Type { get; init; } = ScalarType.Float32;
}
