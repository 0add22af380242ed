namespace AlignBench.Images;

/// <summary>
/// Everything between an image file and a network's input: decode, resize, crop, rescale, normalise. The
/// result equals that of transformers 5.23 on Pillow 13 (or of torchvision's transforms on Pillow, where a
/// preset says so) bit for bit.
/// </summary>
public sealed record ImageProcessor
{
    public required ResizeRule Resize { get; init; }

    public required ResizeFilter Filter { get; init; }

    public PassOrder PassOrder { get; init; } = PassOrder.Pillow13;

    /// <summary>None: the resized picture is used whole, so <see cref="Resize"/> has to give a fixed
    /// size.</summary>
    public CenterCrop? Crop { get; init; }

    public required PixelNormalization Normalization { get; init; }

    /// <summary>
    /// How the files are to be decoded. Upright, as the datasets library and transformers' load_image hand
    /// pictures to a processor, and on white, as its do_convert_rgb does.
    /// </summary>
    public DecodeOptions Decoding { get; init; } = new()
    {
        ApplyOrientation = true,
        Alpha = AlphaRule.OnWhite,
    };

    /// <summary>Width of the output in pixels.</summary>
    public int Width => Crop?.Width ?? FixedSize.Width;

    /// <summary>Height of the output in pixels.</summary>
    public int Height => Crop?.Height ?? FixedSize.Height;

    /// <summary>A text that changes with everything here that can change a number.</summary>
    public string Fingerprint => string.Join("; ",
        "image processor 1",
        $"orientation {(Decoding.ApplyOrientation ? "applied" : "ignored")}",
        $"alpha {Decoding.Alpha}",
        $"gray16 {Decoding.Gray16}",
        $"resize {Resize} {Filter} {PassOrder}",
        Crop is null ? "no crop" : $"crop {Crop.Width} x {Crop.Height} {Crop.Convention}",
        Normalization.ToString());

    private (int Width, int Height) FixedSize => Resize is ResizeRule.Exactly size
        ? (size.Width, size.Height)
        : throw new InvalidOperationException("Without a crop, the output's size depends on the picture.");

    /// <summary>Reads a Hugging Face <c>preprocessor_config.json</c>.</summary>
    /// <param name="preprocessorConfigJson">Path of the file.</param>
    /// <exception cref="CheckpointException">The file is missing, or says something that is not supported;
    /// names it.</exception>
    public static ImageProcessor FromFile(string preprocessorConfigJson) =>
        PreprocessorConfig.Read(preprocessorConfigJson);

    /// <summary>Whether a model's <c>config.json</c> states how images are prepared, as timm's do.</summary>
    public static bool IsInConfig(string configJson) => PretrainedConfig.IsIn(configJson);

    /// <summary>Reads the <c>pretrained_cfg</c> of a timm-like <c>config.json</c>.</summary>
    /// <param name="configJson">Path of the file; <see cref="IsInConfig"/> is true of it.</param>
    /// <exception cref="CheckpointException">It says something that is not supported; names it.</exception>
    public static ImageProcessor FromConfig(string configJson) => PretrainedConfig.Read(configJson);

    /// <summary>Decodes a file and processes it.</summary>
    /// <returns>[3, Height, Width] floats, R G B.</returns>
    /// <exception cref="ImageException">The file can't be decoded.</exception>
    public float[] Process(ReadOnlySpan<byte> file) => Process(ImageDecoder.Decode(file, Decoding));

    /// <summary>Processes a decoded picture.</summary>
    /// <returns>[3, Height, Width] floats, R G B.</returns>
    public float[] Process(RgbImage image)
    {
        float[] values = GC.AllocateUninitializedArray<float>(3 * Width * Height);
        Process(image, values);
        return values;
    }

    /// <summary>Processes a decoded picture into a place of a batch.</summary>
    /// <param name="image">Of any size.</param>
    /// <param name="target">[3, Height, Width], written in full.</param>
    public void Process(RgbImage image, Span<float> target) =>
        Normalization.Apply(ResizeAndCrop(image), target);

    /// <summary>The picture as the network sees it, before it becomes floats: Width x Height.</summary>
    public RgbImage ResizeAndCrop(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        (int width, int height) = Resize.Apply(image.Width, image.Height);
        if (Crop is null)
        {
            return PillowResize.Resize(image, width, height, Filter, PassOrder);
        }

        PixelRegion region = Crop.SourceOf(width, height);
        return Crop.Pad(PillowResize.ResizeRegion(image, width, height, Filter, region, PassOrder));
    }
}
