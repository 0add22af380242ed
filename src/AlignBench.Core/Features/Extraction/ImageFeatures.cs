using AlignBench.Images;
using AlignBench.Models;
using TorchSharp;

namespace AlignBench.Features.Extraction;

/// <summary>An image encoder with its processor: stored bytes -> pixels -> one vector a selection.</summary>
/// <param name="loaded">The checkpoint; owned.</param>
/// <param name="processor">What makes pixels of an image.</param>
/// <param name="selections">Layers and poolings.</param>
/// <param name="loading">See <see cref="Loading"/>; not null if the checkpoint is loaded block by
/// block.</param>
internal sealed class ImageFeatures(
    LoadedEncoder loaded, ImageProcessor processor, FeatureSelection[] selections, string? loading)
    : FeatureEncoder<byte[]>
{
    private const int TypicalTokens = 512;             // of an image, on the high side
    private const int MostImages = 128;                // of which the pixels are in memory too

    private readonly IImageEncoder _encoder = loaded.Image!;
    private readonly BlockwiseWork _blockwise = new(loaded.Image!.Width);

    public override IReadOnlyList<FeatureSelection> Selections => selections;

    public override string? Loading => loading;

    public override int BatchSize => loaded.IsBlockByBlock
        ? (int)Math.Clamp(_blockwise.Tokens / TypicalTokens, 1, MostImages)
        : 1;

    public override float[][] Encode(byte[] content)
    {
        using torch.Tensor batch = Pixels(content);
        return TensorVectors.Take(() => _encoder.Encode(batch, selections));
    }

    public override EncodedContent[] EncodeAll(IReadOnlyList<byte[]> contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        if (!loaded.IsBlockByBlock)
        {
            return base.EncodeAll(contents);
        }

        EncodedContent[] encoded = new EncodedContent[contents.Count];
        using DisposeScope scope = torch.NewDisposeScope();
        Dictionary<int, torch.Tensor> images = [];
        for (int i = 0; i < contents.Count; i++)
        {
            try
            {
                images.Add(i, Pixels(contents[i]));
            }
            catch (AlignBenchException e)
            {
                encoded[i] = new EncodedContent([], e.Message);
            }
        }

        if (images.Count > 0)
        {
            float[][][] vectors = _blockwise.Run(threads => TensorVectors.TakeRows(
                () => _encoder.EncodeBlockByBlock([.. images.Values], selections, threads)));
            foreach ((int i, float[][] ofImage) in images.Keys.Zip(vectors))
            {
                encoded[i] = new EncodedContent(ofImage, null);
            }
        }

        return encoded;
    }

    private torch.Tensor Pixels(byte[] content) =>
        torch.tensor(processor.Process(content), [1, 3, processor.Height, processor.Width]);

    protected override void Dispose(bool disposing)
    {
        loaded.Dispose();
        base.Dispose(disposing);
    }
}
