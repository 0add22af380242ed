using AlignBench.Images;
using AlignBench.Models;
using TorchSharp;

namespace AlignBench.Features;

/// <summary>An image encoder with its processor: stored bytes -> pixels -> one vector a selection.</summary>
internal sealed class ImageFeatures(LoadedEncoder loaded, ImageProcessor processor, FeatureSelection[] selections)
    : FeatureEncoder<byte[]>
{
    private readonly IImageEncoder _encoder = loaded.Image!;

    public override IReadOnlyList<FeatureSelection> Selections => selections;

    public override float[][] Encode(byte[] content)
    {
        float[] pixels = processor.Process(content);
        using torch.Tensor batch = torch.tensor(pixels, [1, 3, processor.Height, processor.Width]);
        return TensorVectors.Take(() => _encoder.Encode(batch, selections));
    }

    protected override void Dispose(bool disposing)
    {
        loaded.Dispose();
        base.Dispose(disposing);
    }
}
