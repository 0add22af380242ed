using AlignBench.Models;
using AlignBench.Models.Audio;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>What the goldens of wav2vec 2.0 say; see their README.</summary>
internal static class Wav2Vec2Golden
{
    private const double StateTolerance = 4e-5;
    private const double PoolingTolerance = 1e-5;

    /// <summary>A padded batch, and every sound alone.</summary>
    public static void Check(string folder)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(folder);
        using GoldenFile expected = new(Path.Combine(folder, "golden.safetensors"));
        Wav2Vec2Encoder encoder = Assert.IsType<Wav2Vec2Encoder>(loaded.Audio);
        Tensor waves = expected.Read("input_values");
        Tensor mask = expected.Read("attention_mask");
        Tensor frameMask = encoder.FrameMask(waves, mask)!;
        Assert.Equal(expected.Read("frame_mask").data<long>().ToArray(), frameMask.data<long>().ToArray());
        Tensor[] states = [.. encoder.HiddenStates(waves, frameMask)];
        Check("conv_features", encoder.Frames(waves), StateTolerance);
        for (int i = 0; i < states.Length; i++)
        {
            Check($"hidden_states.{i}", states[i], StateTolerance);
        }

        Check("last_hidden_state", encoder.Finish(states[^1]), StateTolerance);
        FeatureSelection[] wanted = [FeatureSelection.PenultimateMean];
        Check("mean_penultimate", encoder.Encode(waves, wanted, mask)[0], PoolingTolerance);

        using GoldenFile alone = new(Path.Combine(folder, "golden_unpadded.safetensors"));
        long[] samples = mask.sum(1).data<long>().ToArray();
        for (int row = 0; row < samples.Length; row++)
        {
            Tensor wave = waves.narrow(0, row, 1).narrow(1, 0, samples[row]);
            GoldenFile.AssertClose(
                alone.Read("mean_penultimate").narrow(0, row, 1),
                encoder.Encode(wave, wanted)[0],
                PoolingTolerance,
                $"row {row}");
        }

        void Check(string name, Tensor actual, double tolerance) =>
            GoldenFile.AssertClose(expected.Read(name), actual, tolerance, $"{folder} {name}");
    }
}
