using System.Text.Json;

namespace AlignBench.Images;

/// <summary>
/// A Hugging Face <c>preprocessor_config.json</c>, in its old and new forms, as transformers 5.23 reads it: a
/// key that is left out has its class's default. Only what can be carried out exactly is accepted; anything
/// else is refused by name. A class's "Fast" variant is read as the class itself (transformers runs it on
/// torchvision's tensors, not on Pillow).
/// </summary>
internal sealed class PreprocessorConfig
{
    private const CropConvention Convention = CropConvention.Transformers;

    // IMAGENET_STANDARD_MEAN and _STD of transformers' image_utils.py.
    private static readonly double[] s_half = [0.5, 0.5, 0.5];

    // transformers' image_processing_pil_{bit,clip,convnext,vit}.py
    private static readonly ProcessorClass[] s_classes =
    [
        new("Bit")
        {
            Filter = ResizeFilter.Bicubic, Size = 224, Crop = 224,
            Mean = PixelNormalization.ClipMean, Std = PixelNormalization.ClipStd,
        },
        new("CLIP")
        {
            Filter = ResizeFilter.Bicubic, Size = 224, Crop = 224,
            Mean = PixelNormalization.ClipMean, Std = PixelNormalization.ClipStd,
        },
        new("ConvNext") { Filter = ResizeFilter.Bicubic, Size = 384, Mean = s_half, Std = s_half },
        new("ViT")
        {
            Filter = ResizeFilter.Bilinear, Size = 224, SizeIsSquare = true, Mean = s_half, Std = s_half,
        },
    ];

    private static readonly string[] s_suffixes =
        ["ImageProcessor", "ImageProcessorFast", "ImageProcessorPil", "FeatureExtractor"];

    private static readonly HashSet<string> s_usedKeys =
    [
        "image_processor_type", "feature_extractor_type", "do_resize", "size", "default_to_square",
        "resample", "do_center_crop", "crop_size", "crop_pct", "do_rescale", "rescale_factor",
        "do_normalize", "image_mean", "image_std",
    ];

    // They name classes, or say how a Python caller gets its tensors; pictures become RGB here in any case.
    private static readonly HashSet<string> s_keysWithoutEffect =
    [
        "processor_class", "auto_map", "_valid_processor_keys", "_name_or_path", "do_convert_rgb",
        "data_format", "input_data_format", "return_tensors", "device", "disable_grouping",
        "model_input_names",
    ];

    private readonly JsonFields _fields;
    private readonly ProcessorClass _class;

    private PreprocessorConfig(JsonFields fields)
    {
        _fields = fields;
        bool old = fields.Has("feature_extractor_type") && !fields.Has("image_processor_type");
        string key = old ? "feature_extractor_type" : "image_processor_type";
        string name = fields.Text(key);
        string known = string.Join(", ", s_classes.Select(c => c.Name + s_suffixes[0]));
        _class = s_classes.FirstOrDefault(c => s_suffixes.Any(s => name == c.Name + s))
            ?? throw fields.Refuse(key, $"one of {known}", $"'{name}'");
        string? unknown = fields.Keys.FirstOrDefault(
            k => !s_usedKeys.Contains(k) && !s_keysWithoutEffect.Contains(k) && fields.IsSet(k));
        if (unknown is not null)
        {
            throw fields.Refuse(unknown, "no such key", fields.Raw(unknown));
        }
    }

    /// <exception cref="CheckpointException">The file can't be read, or says something that is not
    /// supported.</exception>
    public static ImageProcessor Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonTexts.ThrowIfNotUnicode(document.RootElement);
            return new PreprocessorConfig(new JsonFields(path, document.RootElement)).ToProcessor();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: {e.Message}");
        }
    }

    private ImageProcessor ToProcessor()
    {
        ResizeRule resize = _fields.Flag("do_resize", true) ? ReadResize() : new ResizeRule.Keep();
        CenterCrop? crop = ReadCrop();
        if (_class.Name == "ConvNext")
        {
            (resize, crop) = ConvNext(resize, crop);
        }

        if (crop is null && resize is not ResizeRule.Exactly)
        {
            throw _fields.Refuse("do_center_crop", "true, as pictures differ in size", "false");
        }

        return new ImageProcessor
        {
            Resize = resize,
            Filter = ReadFilter(),
            Crop = crop,
            Normalization = ReadNormalization(),
        };
    }

    private ResizeRule ReadResize()
    {
        bool square = _fields.Flag("default_to_square", _class.SizeIsSquare);
        return SizeField.Read(_fields, "size") switch
        {
            null => Sized(_class.Size, _class.SizeIsSquare),
            { Single: int side } => Sized(side, square),
            { ShortestEdge: int side } => new ResizeRule.ShortestEdge(side),
            { Height: int height, Width: int width } => new ResizeRule.Exactly(width, height),
            _ => throw new InvalidOperationException("A size has one of three forms."),
        };
    }

    private static ResizeRule Sized(int side, bool square) =>
        square ? new ResizeRule.Exactly(side, side) : new ResizeRule.ShortestEdge(side);

    private CenterCrop? ReadCrop()
    {
        if (!_fields.Flag("do_center_crop", _class.Crop is not null))
        {
            return null;
        }

        return SizeField.Read(_fields, "crop_size") switch
        {
            null when _class.Crop is int side => new CenterCrop(side, side, Convention),
            { Single: int side } => new CenterCrop(side, side, Convention),
            { Height: int height, Width: int width } => new CenterCrop(width, height, Convention),
            _ => throw _fields.Refuse("crop_size", "a number, or height and width", _fields.Raw("crop_size")),
        };
    }

    // Below 384 the picture is resized a little larger, by crop_pct, and cropped; from 384 on it is squashed.
    private (ResizeRule Resize, CenterCrop? Crop) ConvNext(ResizeRule resize, CenterCrop? crop)
    {
        if (crop is not null)
        {
            throw _fields.Refuse("do_center_crop", "false, as this class crops by crop_pct", "true");
        }

        if (resize is not ResizeRule.ShortestEdge { Pixels: int side })
        {
            throw _fields.Refuse("size", "a shortest_edge, as this class asks", _fields.Raw("size"));
        }

        const double DefaultCropShare = 224.0 / 256.0;
        double share = _fields.Number("crop_pct", DefaultCropShare);
        if (share is not (> 0.0 and <= 1.0))
        {
            throw _fields.Refuse("crop_pct", "a number over 0 and up to 1", _fields.Raw("crop_pct"));
        }

        return side >= 384
            ? (new ResizeRule.Exactly(side, side), null)
            : (new ResizeRule.ShortestEdge((int)(side / share)), new CenterCrop(side, side, Convention));
    }

    private ResizeFilter ReadFilter()
    {
        int value = _fields.Integer("resample", (int)_class.Filter);
        return Enum.IsDefined((ResizeFilter)value)
            ? (ResizeFilter)value
            : throw _fields.Refuse("resample", "one of Pillow's filters, 0 to 5", _fields.Raw("resample"));
    }

    private PixelNormalization ReadNormalization()
    {
        double factor = _fields.Flag("do_rescale", true)
            ? _fields.Number("rescale_factor", PixelNormalization.ToUnit)
            : 1.0;
        if (!_fields.Flag("do_normalize", true))
        {
            return new PixelNormalization(factor, null, null);
        }

        double[] std = _fields.Triple("image_std", _class.Std);
        return std.Contains(0.0)
            ? throw _fields.Refuse("image_std", "three numbers other than 0", _fields.Raw("image_std"))
            : new PixelNormalization(factor, _fields.Triple("image_mean", _class.Mean), std);
    }

    // What a class does where the file is silent.
    private sealed record ProcessorClass(string Name)
    {
        public required ResizeFilter Filter { get; init; }

        public required int Size { get; init; }

        /// <summary>Whether a size of one number is width and height, or the shorter side.</summary>
        public bool SizeIsSquare { get; init; }

        /// <summary>Null: no crop.</summary>
        public int? Crop { get; init; }

        public required double[] Mean { get; init; }

        public required double[] Std { get; init; }
    }
}
