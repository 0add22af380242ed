using AlignBench.Features;

namespace AlignBench.Experiments.Adapters;

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

    /// <summary>
    /// Which picture of an item counts: <c>first</c>, or <c>preferred</c>, the one a person preferred; items without a
    /// preference are left out.
    /// </summary>
    public string Picture { get; init; } = "first";

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

    /// <summary>Classification of images by the adapted embeddings; left out: none.</summary>
    public ZeroShotConfig? ZeroShot { get; init; }

    /// <summary>What the models' linear layers multiply: <c>fp32</c> or <c>bf16</c>, a name of EncoderPrecision.</summary>
    public string Precision { get; init; } = EncoderPrecision.Fp32;

    /// <summary>Broken images and sounds, and items that a side lacks, that may be left out.</summary>
    public int MaxSkipped { get; init; }
}

/// <summary>Frozen features of one modality: a model's, or a tensor in a file.</summary>
public sealed record SideConfig
{
    /// <summary>image, text, audio, ...: prefix of the adapter's weights, and where the preset has its defaults.</summary>
    public string Name { get; init; } = "reference";

    /// <summary>A checkpoint folder, or a name in the Hugging Face cache.</summary>
    public string? Model { get; init; }

    /// <summary>Layer and pooling; several joined by <c>+</c> stand side by side.</summary>
    public string? Features { get; init; }

    /// <summary>What the model encodes: <c>images</c>, <c>captions</c> or <c>sounds</c>; left out: what it can.</summary>
    public string? Of { get; init; }

    /// <summary>How images are prepared: <c>own</c>, as the model's folder says, or a name of ImageProcessorPresets.</summary>
    public string? ImageProcessor { get; init; }

    /// <summary>Longer captions are cut to this many tokens; 0: none is.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>
    /// Instead of a model: a file of <c>alignbench extract</c>, a matrix [n * c, d] in a <c>.npy</c> file, or a tensor
    /// in a <c>.safetensors</c> file; c rows an item.
    /// </summary>
    public string? File { get; init; }

    /// <summary>The tensor's name; left out: <see cref="Name"/>, or the only one.</summary>
    public string? Tensor { get; init; }

    /// <summary>A text file with the ids of a matrix's rows, one a line; left out: row i belongs to item i.</summary>
    public string? Ids { get; init; }

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

/// <summary>Images to be classified, by the names of their classes and by a linear head.</summary>
public sealed record ZeroShotConfig
{
    /// <summary>An item's first image is classified; its first caption is the class, as in <see cref="Classes"/>.</summary>
    public required DataConfig Data { get; init; }

    /// <summary>
    /// A text file, a class a line in the order of a head's outputs: its name, or what the data calls it, a tab and the
    /// name; <c>n01440764 tench, Tinca tinca</c>, as in ImageNet's LOC_synset_mapping.txt, is read as such (the first name).
    /// </summary>
    public required string Classes { get; init; }

    /// <summary>Sentences with <c>{class}</c> in them.</summary>
    public string[] Prompts { get; init; } = ["a photo of a {class}."];

    /// <summary>A linear classifier of the reference's features, as DINOv2's .pth files: weight [c, e], bias [c].</summary>
    public string? Head { get; init; }

    /// <summary>
    /// The text of the multimodal embedding: <c>none</c>, image alone; <c>true_class</c>, also the first prompt with the
    /// right answer in it, to show how much that gives away.
    /// </summary>
    public string Texts { get; init; } = "none";
}
