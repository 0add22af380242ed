namespace AlignBench.Experiments.Adapters;

/// <summary>Settings of adapters and their training. Null: those of the level above, in the end the preset's.</summary>
public sealed record AdapterSettings
{
    /// <summary>Width of the shared space; 0: the reference's.</summary>
    public int? Width { get; init; }

    /// <summary>Width between an MLP's linear maps; 0: that of the shared space.</summary>
    public int? Hidden { get; init; }

    public bool? Bias { get; init; }

    /// <summary><c>erf</c> or <c>tanh</c>.</summary>
    public string? Gelu { get; init; }

    /// <summary>Share of an MLP's hidden units that a step leaves out.</summary>
    public double? Dropout { get; init; }

    /// <summary>A name of ObjectiveKind.All.</summary>
    public string? Objective { get; init; }

    /// <summary>multi_encoder_anchored: the side that is compared with the others' product; left out: each in turn.</summary>
    public string? Anchor { get; init; }

    public double? Temperature { get; init; }

    public bool? LearnTemperature { get; init; }

    /// <summary><c>image_to_text</c> or <c>symmetric</c>.</summary>
    public string? Direction { get; init; }

    /// <summary><c>none</c> or <c>l2</c>.</summary>
    public string? Normalize { get; init; }

    public double? LabelSmoothing { get; init; }

    /// <summary>Captions an image, the first ones.</summary>
    public int? Captions { get; init; }

    /// <summary><c>true</c>, or <c>shuffled</c>: a control that trains on pairs that do not belong together.</summary>
    public string? Pairs { get; init; }

    public int? Epochs { get; init; }

    public int? Batch { get; init; }

    /// <summary>What is done with an epoch's rest: <c>drop</c> or <c>keep</c>.</summary>
    public string? LastBatch { get; init; }

    public double? LearningRate { get; init; }

    public int? WarmupSteps { get; init; }

    /// <summary>Rate of the first step: <c>first_step</c> has its share already, <c>zero</c> is 0.</summary>
    public string? WarmupFrom { get; init; }

    public double? WeightDecay { get; init; }

    /// <summary><c>all</c> or <c>matrices</c>.</summary>
    public string? Decay { get; init; }

    public double? Beta1 { get; init; }

    public double? Beta2 { get; init; }

    public double? Epsilon { get; init; }

    /// <summary>Largest norm of all gradients together; 0: no clipping.</summary>
    public double? GradientClip { get; init; }

    /// <summary><c>none</c>, or <c>blend</c>: beside the adapters, on their detached outputs.</summary>
    public string? LearnLambda { get; init; }

    /// <summary><c>float32</c> or <c>float64</c>.</summary>
    public string? Precision { get; init; }

    /// <summary>A safetensors file of first weights (<c>ADAPTER.NAME</c>, <c>init.NAME</c> or <c>NAME</c>); left out: drawn.</summary>
    public string? Init { get; init; }

    /// <summary>A safetensors file whose <c>order</c> [epochs, rows] has the training rows' order; left out: drawn.</summary>
    public string? Order { get; init; }
}
