namespace AlignBench.Experiments;

/// <summary>
/// One file of <c>alignbench train-adapters</c> (YAML). A key that is not a property below, or a required one left
/// out, is an error; a setting left out is the preset's.
/// </summary>
public sealed record AdapterStudyConfig
{
    /// <summary>Also the folder under <c>results/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that the paths below start from; itself relative to the file.</summary>
    public string Root { get; init; } = ".";

    /// <summary>A name of <see cref="AdapterPreset"/>.</summary>
    public string Preset { get; init; } = "blog";

    /// <summary>Left out where every side is read from a file of its own.</summary>
    public DataConfig? Data { get; init; }

    /// <summary>Two sides or more, image first: each gets an adapter.</summary>
    public required SideConfig[] Modalities { get; init; }

    /// <summary>What the neighbourhoods are compared with; never trained.</summary>
    public required SideConfig Reference { get; init; }

    /// <summary>The runs: each kind of adapter with what differs from <see cref="Training"/>.</summary>
    public required AdapterRunConfig[] Adapters { get; init; }

    /// <summary>Settings of all adapters.</summary>
    public AdapterSettings Training { get; init; } = new();

    /// <summary>Rows, split and what is measured.</summary>
    public EvaluationSettings Evaluation { get; init; } = new();

    /// <summary>Each adapter is trained once a seed; seeds draw first weights, order and dropout.</summary>
    public long[] Seeds { get; init; } = [0];

    /// <summary>Broken images that may be left out.</summary>
    public int MaxSkipped { get; init; }
}

/// <summary>Frozen features of one modality: a model's, or a tensor in a file.</summary>
public sealed record SideConfig
{
    /// <summary>image, text, audio, ...: prefix of the adapter's weights, and where the preset has its defaults.</summary>
    public string Name { get; init; } = "reference";

    /// <summary>A checkpoint folder, or a name in the Hugging Face cache.</summary>
    public string? Model { get; init; }

    /// <summary>Layer and pooling.</summary>
    public string? Features { get; init; }

    /// <summary>What the model encodes: <c>images</c> or <c>captions</c>; left out: what it can.</summary>
    public string? Of { get; init; }

    /// <summary>How images are prepared: <c>own</c>, as the model's folder says, or a name of ImageProcessorPresets.</summary>
    public string? ImageProcessor { get; init; }

    /// <summary>Longer captions are cut to this many tokens; 0: none is.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Instead of a model: a safetensors file.</summary>
    public string? File { get; init; }

    /// <summary>Its tensor [n * c, d], c rows an item; left out: <see cref="Name"/>.</summary>
    public string? Tensor { get; init; }

    /// <summary>c of the tensor, captions an image; left out: 1.</summary>
    public int? RowsPerItem { get; init; }
}

/// <summary>One adapter of a study: a name, a kind, and settings that differ from the study's.</summary>
public sealed record AdapterRunConfig
{
    /// <summary>The <c>adapter</c> column of every table.</summary>
    public required string Name { get; init; }

    /// <summary><c>linear</c>, <c>mlp_gelu_norm</c> or <c>mlp_norm_gelu</c>.</summary>
    public required string Kind { get; init; }

    public AdapterSettings Settings { get; init; } = new();
}
