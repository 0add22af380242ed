using System.Text.Json;

namespace AlignBench.Images;

/// <summary>
/// The preparation of images that a timm-like <c>config.json</c> states in its <c>pretrained_cfg</c>: shorter side to
/// <c>resize_shorter_side</c>, or else to the input's side over <c>crop_pct</c>; crop in the middle; mean and deviation
/// (timm 1.0, data/config.py and transforms_factory.py; torchvision's conventions on Pillow).
/// </summary>
internal static class PretrainedConfig
{
    private const string Key = "pretrained_cfg";

    // timm's DEFAULT_CROP_PCT.
    private const double DefaultCropShare = 0.875;

    private static readonly Dictionary<string, ResizeFilter> s_filters = new()
    {
        ["bilinear"] = ResizeFilter.Bilinear,
        ["bicubic"] = ResizeFilter.Bicubic,
        ["lanczos"] = ResizeFilter.Lanczos,
    };

    /// <summary>Whether a config.json has one.</summary>
    public static bool IsIn(string configJson)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(configJson));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(Key, out JsonElement own) && own.ValueKind == JsonValueKind.Object;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return false;                      // whoever needs the config says what is wrong with it
        }
    }

    /// <exception cref="CheckpointException">The file says something that is not supported.</exception>
    public static ImageProcessor Read(string configJson)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(configJson));
        JsonElement own = document.RootElement.GetProperty(Key);
        JsonFields fields = new($"{configJson}: {Key}", own);
        Require(fields, "crop", "center");
        Require(fields, "crop_mode", "center");
        Require(fields, "channel_order", "RGB");
        int side = Side(fields, own);
        double share = fields.Number("crop_pct", DefaultCropShare);
        if (share is not (> 0.0 and <= 1.0))
        {
            throw fields.Refuse("crop_pct", "a number over 0 and up to 1", fields.Raw("crop_pct"));
        }

        return new ImageProcessor
        {
            Resize = new ResizeRule.ShortestEdge(fields.Integer("resize_shorter_side", (int)Math.Floor(side / share))),
            Filter = s_filters.TryGetValue(fields.Text("interpolation"), out ResizeFilter filter)
                ? filter
                : throw fields.Refuse("interpolation", string.Join(" or ", s_filters.Keys), fields.Raw("interpolation")),
            Crop = new CenterCrop(side, side, CropConvention.Torchvision),
            Normalization = new PixelNormalization(
                fields.Number("rescale", PixelNormalization.ToUnit),
                fields.Triple("mean", PixelNormalization.ImageNetMean),
                fields.Triple("std", PixelNormalization.ImageNetStd)),
            Decoding = new DecodeOptions { ApplyOrientation = true, Alpha = AlphaRule.Drop },
        };
    }

    private static int Side(JsonFields fields, JsonElement own)
    {
        if (own.TryGetProperty("input_size", out JsonElement size) && size.ValueKind == JsonValueKind.Array
            && size.GetArrayLength() == 3 && size[0].TryGetInt32(out int channels) && channels == 3
            && size[1].TryGetInt32(out int height) && size[2].TryGetInt32(out int width) && height == width && height > 0)
        {
            return height;
        }

        throw fields.Refuse("input_size", "[3, side, side]", fields.Raw("input_size"));
    }

    private static void Require(JsonFields fields, string key, string value)
    {
        if (fields.Has(key) && fields.Text(key) != value)
        {
            throw fields.Refuse(key, $"'{value}'", fields.Raw(key));
        }
    }
}
