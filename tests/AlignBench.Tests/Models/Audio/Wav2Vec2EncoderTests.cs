using AlignBench.Models;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models.Audio;

public class Wav2Vec2EncoderTests
{
    private static readonly string s_stable = TestPaths.Golden("text", "models", "wav2vec2_layer_stable");

    [Fact]
    public void Encode_GoldenSounds_GivesTransformersNumbers() => Wav2Vec2Golden.Check(s_stable);

    // Newer files keep length and direction of the positional weight under other names; the numbers are the
    // same.
    [Fact]
    public void Load_NewerNamesOfThePositions_GivesTheSameBits()
    {
        using DisposeScope scope = NewDisposeScope();
        using ModelFolder folder = ModelFolder.CopyOf(s_stable);
        using (SafetensorsFile old = SafetensorsFile.Open(Path.Combine(s_stable, "model.safetensors")))
        using (
            SafetensorsFile newer =
                SafetensorsFile.Open(Path.Combine(s_stable, "model.parametrizations.safetensors")))
        {
            StoredTensor[] kept =
            [
                .. old.Tensors.Values.Where(
                    t => !t.Name.Contains(".pos_conv_embed.", StringComparison.Ordinal)),
            ];
            using SafetensorsWriter writer = new(
                Path.Combine(folder.Path, "model.safetensors"),
                kept.Concat(newer.Tensors.Values).Select(t => new TensorSpec(t.Name, t.Type, t.Shape)));
            foreach (StoredTensor tensor in kept)
            {
                writer.Write<float>(tensor.Name, old.Read<float>(tensor.Name));
            }

            foreach (StoredTensor tensor in newer.Tensors.Values)
            {
                writer.Write<float>(tensor.Name, newer.Read<float>(tensor.Name));
            }

            writer.Commit();
        }

        Wav2Vec2Golden.Check(folder.Path);
    }

    [Fact]
    public void Encode_TooFewSamplesForAFrame_IsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(s_stable);

        Tensor wave = zeros([1, 300], ScalarType.Float32);

        AlignBenchException e = Assert.Throws<AlignBenchException>(
            () => loaded.Audio!.Encode(wave, [FeatureSelection.PenultimateMean]));

        Assert.Contains("300 samples", e.Message, StringComparison.Ordinal);
    }
}
