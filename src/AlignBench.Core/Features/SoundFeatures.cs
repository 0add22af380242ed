using AlignBench.Models;
using AlignBench.Sounds;
using TorchSharp;

namespace AlignBench.Features;

/// <summary>A sound encoder with its processor: a WAV file's bytes -> samples -> one vector a selection.</summary>
internal sealed class SoundFeatures(LoadedEncoder loaded, SoundProcessor processor, FeatureSelection[] selections)
    : FeatureEncoder<byte[]>
{
    private readonly IAudioEncoder _encoder = loaded.Audio!;

    public override IReadOnlyList<FeatureSelection> Selections => selections;

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
