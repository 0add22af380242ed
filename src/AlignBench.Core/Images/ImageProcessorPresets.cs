namespace AlignBench.Images;

/// <summary>A named way of preparing pictures.</summary>
/// <param name="Name">Short, without spaces.</param>
/// <param name="Description">What it does.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Processor">Does it.</param>
public sealed record ImageProcessorPreset(string Name, string Description, string Source, ImageProcessor Processor);

/// <summary>The preparations that need no file.</summary>
public static class ImageProcessorPresets
{
    private static readonly PixelNormalization s_imageNet =
        new(PixelNormalization.ToUnit, PixelNormalization.ImageNetMean, PixelNormalization.ImageNetStd);

    private static readonly PixelNormalization s_clip =
        new(PixelNormalization.ToUnit, PixelNormalization.ClipMean, PixelNormalization.ClipStd);

    private static readonly PixelNormalization s_half =
        new(PixelNormalization.ToUnit, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    public static IReadOnlyList<ImageProcessorPreset> All { get; } =
    [
        new(
            "dinov2_hf",
            "shorter side 256 bicubic, crop 224, ImageNet mean and std",
            "transformers BitImageProcessor, facebook/dinov2-*",
            Short(256, ResizeFilter.Bicubic, 224, CropConvention.Transformers, s_imageNet)),
        new(
            "clip_hf",
            "shorter side 224 bicubic, crop 224, CLIP mean and std",
            "transformers CLIPImageProcessor, openai/clip-vit-*",
            Short(224, ResizeFilter.Bicubic, 224, CropConvention.Transformers, s_clip)),
        new(
            "resnet18_hf",
            "shorter side 256 bicubic, crop 224, ImageNet mean and std",
            "transformers ConvNextImageProcessor, microsoft/resnet-18",
            Short(256, ResizeFilter.Bicubic, 224, CropConvention.Transformers, s_imageNet)),
        new(
            "dinov2_timm_518",
            "shorter side 518 bicubic (crop_pct 1), crop 518, ImageNet mean and std",
            "timm, vit_*_patch14_dinov2",
            Short(518, ResizeFilter.Bicubic, 518, CropConvention.Torchvision, s_imageNet)),
        new(
            "resnet18_torchvision",
            "shorter side 256 bilinear, crop 224, ImageNet mean and std",
            "torchvision, ResNet18_Weights",
            Short(256, ResizeFilter.Bilinear, 224, CropConvention.Torchvision, s_imageNet)),
        new(
            "dinov2_torchvision",
            "shorter side 256 bicubic, crop 224, ImageNet mean and std",
            "facebookresearch/dinov2, evaluation on ImageNet",
            Short(256, ResizeFilter.Bicubic, 224, CropConvention.Torchvision, s_imageNet)),
        new(
            "squash224_bilinear",
            "224 x 224 bilinear whatever the shape, ImageNet mean and std",
            "torchvision, Resize((224, 224))",
            Squash(ResizeFilter.Bilinear, s_imageNet, AlphaRule.Drop)),
        new(
            "squash224_bicubic",
            "224 x 224 bicubic whatever the shape, ImageNet mean and std",
            "torchvision, Resize((224, 224)) with BICUBIC",
            Squash(ResizeFilter.Bicubic, s_imageNet, AlphaRule.Drop)),
        new(
            "vit",
            "224 x 224 bilinear whatever the shape, mean and std 0.5",
            "transformers ViTImageProcessor, google/vit-base-patch16-224",
            Squash(ResizeFilter.Bilinear, s_half, AlphaRule.OnWhite)),
    ];

    /// <exception cref="ConfigException">No preset has this name; the message lists them.</exception>
    public static ImageProcessor Find(string name) =>
        All.FirstOrDefault(p => p.Name == name)?.Processor ?? throw new ConfigException(
            $"no image processor is named '{name}'; there are {string.Join(", ", All.Select(p => p.Name))}");

    private static ImageProcessor Short(
        int side, ResizeFilter filter, int crop, CropConvention library, PixelNormalization normalization) =>
        new()
        {
            Resize = new ResizeRule.ShortestEdge(side),
            Filter = filter,
            Crop = new CenterCrop(crop, crop, library),
            Normalization = normalization,
            Decoding = Decoding(library == CropConvention.Transformers ? AlphaRule.OnWhite : AlphaRule.Drop),
        };

    private static ImageProcessor Squash(
        ResizeFilter filter, PixelNormalization normalization, AlphaRule alpha) =>
        new()
        {
            Resize = new ResizeRule.Exactly(224, 224),
            Filter = filter,
            Normalization = normalization,
            Decoding = Decoding(alpha),
        };

    private static DecodeOptions Decoding(AlphaRule alpha) =>
        new() { ApplyOrientation = true, Alpha = alpha };
}
