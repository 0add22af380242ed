using AlignBench.Models;
using AlignBench.Sounds;
using TorchSharp;

namespace AlignBench.Features.Extraction;

/// <summary>A sound encoder with its processor: a WAV file's bytes -> samples -> one vector a selection.</summary>
/// <param name="loaded">The checkpoint; owned. Block by block, each sound reads its blocks anew.</param>
/// <param name="processor">What makes samples of a file.</param>
/// <param name="selections">Layers and poolings.</param>
/// <param name="loading">See <see cref="Loading"/>; not null if the checkpoint is loaded block by block.</param>
internal sealed class SoundFeatures(
    LoadedEncoder loaded, SoundProcessor processor, FeatureSelection[] selections, string? loading)
    : FeatureEncoder<byte[]>
{
    private readonly IAudioEncoder _encoder = loaded.Audio!;

    public override IReadOnlyList<FeatureSelection> Selections => selections;

    public override string? Loading => loading;

    public override float[][] Encode(byte[] content)
    {
        float[] samples = processor.Process(content);
        using torch.Tensor wave = torch.tensor(samples, [1, samples.Length]);
        return TensorVectors.Take(() => _encoder.Encode(wave, selections));
    }

    protected override void Dispose(bool disposing)
    {
        loaded.Dispose();
        base.Dispose(disposing);
    }
}
