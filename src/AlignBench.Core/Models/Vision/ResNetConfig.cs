namespace AlignBench.Models.Vision;

/// <summary>The shape of a ResNet, as in its config.json.</summary>
public sealed record ResNetConfig
{
    /// <summary>Blocks of each stage.</summary>
    public required int[] Depths { get; init; }

    /// <summary>Channels that come out of each stage.</summary>
    public required int[] Widths { get; init; }

    /// <summary>Channels of the first convolution.</summary>
    public required int StemWidth { get; init; }

    /// <summary>Blocks of three convolutions (50 layers and more), not two.</summary>
    public required bool Bottleneck { get; init; }

    public int Channels { get; init; } = 3;

    public string Activation { get; init; } = "relu";

    /// <summary>The first stage halves the size.</summary>
    public bool FirstStageHalves { get; init; }

    /// <summary>A bottleneck halves in its first convolution (the paper's way), not in its 3x3.</summary>
    public bool FirstConvolutionHalves { get; init; }

    public double BatchNormEpsilon { get; init; } = 1e-5;

    /// <summary>
    /// From a config.json of model_type resnet; defaults are those of transformers' ResNetConfig.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static ResNetConfig FromHuggingFace(ConfigReader config)
    {
        config.Accept("out_features", "out_indices", "stage_names");
        string layer = config.Text("layer_type", "bottleneck");
        if (layer is not ("basic" or "bottleneck"))
        {
            throw config.Unsupported("layer_type", $"expected basic or bottleneck, got {layer}");
        }

        ResNetConfig read = new()
        {
            Depths = config.Counts("depths") ?? [3, 4, 6, 3],
            Widths = config.Counts("hidden_sizes") ?? [256, 512, 1024, 2048],
            StemWidth = config.CountOrNull("embedding_size") ?? 64,
            Bottleneck = layer == "bottleneck",
            Channels = config.CountOrNull("num_channels") ?? 3,
            Activation = config.Activation("hidden_act", "relu"),
            FirstStageHalves = config.Flag("downsample_in_first_stage", false),
            FirstConvolutionHalves = config.Flag("downsample_in_bottleneck", false),
        };
        config.ThrowIfUnread();
        return read.Depths.Length == read.Widths.Length
            ? read
            : throw config.Unsupported(
                "depths", $"{read.Depths.Length} stages, but {read.Widths.Length} hidden_sizes");
    }

    /// <summary>
    /// From a config.json with <c>architecture</c> resnet18 to resnet152, as timm's; its sizes may be given.
    /// </summary>
    /// <inheritdoc cref="FromHuggingFace"/>
    public static ResNetConfig FromTimm(ConfigReader config)
    {
        (bool bottleneck, int[] depths) = config.ModelType switch
        {
            "resnet18" => (false, new[] { 2, 2, 2, 2 }),
            "resnet34" => (false, [3, 4, 6, 3]),
            "resnet50" => (true, [3, 4, 6, 3]),
            "resnet101" => (true, [3, 4, 23, 3]),
            "resnet152" => (true, [3, 8, 36, 3]),
            _ => throw config.Unsupported("architecture", "expected resnet18, 34, 50, 101 or 152"),
        };
        config.Require("block", bottleneck ? "\"bottleneck\"" : "\"basic\"");
        config.AcceptPublishing();
        int[] widths = config.Counts("widths") ?? [64, 128, 256, 512];
        ResNetConfig read = new()
        {
            Depths = config.Counts("layers") ?? depths,
            Widths = [.. widths.Select(width => bottleneck ? 4 * width : width)],
            StemWidth = config.CountOrNull("stem_width") ?? 64,
            Bottleneck = bottleneck,
            BatchNormEpsilon = config.Number("batch_norm_eps", 1e-5),
        };
        config.ThrowIfUnread();
        return read.Depths.Length == read.Widths.Length
            ? read
            : throw config.Unsupported(
                "layers", $"{read.Depths.Length} stages, but {read.Widths.Length} widths");
    }
}
