using AlignBench.Data;

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

    /// <summary>A name of <c>alignbench list presets</c>.</summary>
    public string Preset { get; init; } = "neuroaimetrics";

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

    /// <summary>preference: which of a prompt's pairs count, <c>first_per_prompt</c> or <c>all</c>.</summary>
    public string? Pairs { get; init; }

    /// <summary>averaging: what is averaged, <c>captions</c> or <c>images</c>.</summary>
    public string? Average { get; init; }

    /// <summary>averaging: the largest number averaged, 2 or more.</summary>
    public int? UpTo { get; init; }

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

    /// <summary>Only the rows of this split.</summary>
    public string? Split { get; init; }

    /// <summary>The folder in the feature store; left out: the format's name.</summary>
    public string? Name { get; init; }

    /// <summary>The same for the data catalog.</summary>
    internal DatasetSource ToSource() => new()
    {
        Format = Format,
        Path = Path,
        Images = Images,
        Split = Split,
        Name = Name,
    };
}
