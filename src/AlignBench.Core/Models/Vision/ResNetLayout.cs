namespace AlignBench.Models.Vision;

/// <summary>Where a ResNet checkpoint keeps a convolution and the batch normalisation behind it.</summary>
internal sealed record ConvolutionName(string Convolution, string Norm);

/// <summary>The names of a ResNet's weights; stages, blocks and convolutions count from 0.</summary>
/// <param name="Publisher">Whose they are.</param>
/// <param name="Stem">The first convolution.</param>
/// <param name="Layer">Stage, block, convolution.</param>
/// <param name="Shortcut">Stage, block.</param>
/// <param name="Head">The classifier, which is left aside.</param>
internal sealed record ResNetLayout(
    string Publisher,
    ConvolutionName Stem,
    Func<int, int, int, ConvolutionName> Layer,
    Func<int, int, ConvolutionName> Shortcut,
    string Head)
{
    /// <summary>transformers' ResNetModel, without its prefix.</summary>
    public static ResNetLayout HuggingFace { get; } = new(
        "Hugging Face",
        Named("embedder.embedder"),
        (stage, block, layer) => Named($"encoder.stages.{stage}.layers.{block}.layer.{layer}"),
        (stage, block) => Named($"encoder.stages.{stage}.layers.{block}.shortcut"),
        "classifier.*");

    /// <summary>torchvision's and timm's.</summary>
    public static ResNetLayout Torchvision { get; } = new(
        "torchvision",
        new ConvolutionName("conv1", "bn1"),
        (stage, block, layer) => new ConvolutionName(
            $"layer{stage + 1}.{block}.conv{layer + 1}", $"layer{stage + 1}.{block}.bn{layer + 1}"),
        (stage, block) => new ConvolutionName(
            $"layer{stage + 1}.{block}.downsample.0", $"layer{stage + 1}.{block}.downsample.1"),
        "fc.*");

    private static ConvolutionName Named(string place) =>
        new($"{place}.convolution", $"{place}.normalization");
}
