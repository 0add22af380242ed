using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>One experiment file (YAML). A key that is not a property below, or a required one left out, is an error.</summary>
public sealed record StudyConfig
{
    /// <summary>Also the folder under <c>results/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that the paths below start from; itself relative to the file.</summary>
    public string Root { get; init; } = ".";

    /// <summary>Of the random samples, one for all experiments of the study: 0 .. 2^32 - 1.</summary>
    public long Seed { get; init; }

    /// <summary>Usable units drawn at random for each experiment; left out: all.</summary>
    public int? Samples { get; init; }

    /// <summary>
    /// How they are drawn: <c>numpy_random_state</c>, <c>numpy_default_rng</c> or <c>python_random</c>.
    /// </summary>
    public string Sampler { get; init; } = RandomSample.Default;

    /// <summary>A name of <c>alignbench list presets</c>.</summary>
    public string Preset { get; init; } = "neuroaimetrics";

    /// <summary>Preset fixed-alpha: the alpha, positive; left out: 1.</summary>
    public double? Alpha { get; init; }

    /// <summary>Seed of the folds' shuffle; left out: the preset's.</summary>
    public long? FoldSeed { get; init; }

    /// <summary>How units are cut into folds: <c>plain</c>, <c>grouped</c> or <c>both</c>.</summary>
    public string Folds { get; init; } = Folding.Plain;

    /// <summary>
    /// Principal components that features and targets are reduced to, fitted in each fold's training rows; left out: none.
    /// </summary>
    public int? Components { get; init; }

    /// <summary>Shuffled pairings for each score's permutation null; 0: none.</summary>
    public int Null { get; init; }

    /// <summary>Resamples for each score's bootstrap interval; 0: none.</summary>
    public int Bootstrap { get; init; }

    /// <summary><c>all</c>: also scores of every pair of layers, and of the best ones; <c>none</c>.</summary>
    public string Layers { get; init; } = LayerSelections.None;

    /// <summary>Whether <c>confounds.csv</c> is made: other reasons for an effect.</summary>
    public bool Confounds { get; init; }

    /// <summary>What the models' linear layers multiply: <c>fp32</c> or <c>bf16</c>, a name of EncoderPrecision.</summary>
    public string Precision { get; init; } = EncoderPrecision.Fp32;

    /// <summary>Broken images an experiment may leave out.</summary>
    public int MaxSkipped { get; init; }

    /// <summary>Vision checkpoints: folders, or names in the Hugging Face cache.</summary>
    public required string[] Vision { get; init; }

    /// <summary>Language checkpoints; each is paired with each vision checkpoint.</summary>
    public required string[] Language { get; init; }

    /// <summary>Layer and pooling of the images.</summary>
    public string VisionFeatures { get; init; } = "penultimate_cls";

    /// <summary>Layer and pooling of the captions.</summary>
    public string LanguageFeatures { get; init; } = "penultimate_mean";

    public required ExperimentConfig[] Experiments { get; init; }
}

/// <summary>One part of a study.</summary>
public sealed record ExperimentConfig
{
    /// <summary>The <c>experiment</c> column of every table.</summary>
    public required string Name { get; init; }

    /// <summary>A name of <c>alignbench list experiments</c>.</summary>
    public required string Kind { get; init; }

    public required DataConfig Data { get; init; }

    /// <summary>This experiment's folds, instead of the study's.</summary>
    public string? Folds { get; init; }

    /// <summary>This experiment's layers, instead of the study's.</summary>
    public string? Layers { get; init; }

    /// <summary>This experiment's shuffles, instead of the study's.</summary>
    public int? Null { get; init; }

    /// <summary>This experiment's resamples, instead of the study's.</summary>
    public int? Bootstrap { get; init; }

    /// <summary>preference: which of a prompt's pairs count, <c>first_per_prompt</c> or <c>all</c>.</summary>
    public string? Pairs { get; init; }

    /// <summary>averaging: what is averaged, <c>captions</c> or <c>images</c>.</summary>
    public string? Average { get; init; }

    /// <summary>averaging, grid: the largest number averaged, 2 or more.</summary>
    public int? UpTo { get; init; }

    /// <summary>averaging: a control over <c>all</c> subsets of each size, or over that many random orders.</summary>
    public string? Subsets { get; init; }

    /// <summary>averaging: whether the control with unrelated captions or images is computed.</summary>
    public bool? Unrelated { get; init; }

    /// <summary>grid: where the captions come from; left out: from <see cref="Data"/>.</summary>
    public DataConfig? CaptionsFrom { get; init; }

    /// <summary>clip_score: the CLIP checkpoint, a folder or a name in the Hugging Face cache.</summary>
    public string? Clip { get; init; }

    /// <summary>clip_score: text put before each caption; left out: none.</summary>
    public string? Prefix { get; init; }

    /// <summary>clip_score: how captions are split, <c>best_worst</c>, <c>two_of_five</c> or <c>median</c>.</summary>
    public string? Split { get; init; }

    /// <summary>The t that the paper prints, by direction; shown beside ours.</summary>
    public Dictionary<string, double> Published { get; init; } = [];
}

/// <summary>Where an experiment's data lie.</summary>
public sealed record DataConfig
{
    /// <summary>A name of <c>alignbench list datasets</c>.</summary>
    public required string Format { get; init; }

    /// <summary>A file, a folder of shards or a pattern; for coco the annotations file.</summary>
    public required string Path { get; init; }

    /// <summary>coco: the image folder.</summary>
    public string? Images { get; init; }

    /// <summary>vggsound, table: the folder of the WAV files; left out: that of the table.</summary>
    public string? Audio { get; init; }

    /// <summary>Only the rows of this split.</summary>
    public string? Split { get; init; }

    /// <summary>The folder in the feature store; left out: the format's name.</summary>
    public string? Name { get; init; }

    /// <summary>table: its columns by name; left out: the usual names.</summary>
    public DatasetColumns? Columns { get; init; }

    /// <summary>What to do with EXIF orientations, <c>apply</c> or <c>ignore</c>.</summary>
    public string Orientation { get; init; } = DatasetSource.ApplyOrientation;

    /// <summary>The same for the data catalog.</summary>
    internal DatasetSource ToSource() => new()
    {
        Format = Format,
        Path = Path,
        Images = Images,
        Audio = Audio,
        Split = Split,
        Name = Name,
        Columns = Columns,
        Orientation = Orientation,
    };
}
