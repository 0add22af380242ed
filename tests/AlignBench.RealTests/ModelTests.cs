using AlignBench.Models;
using AlignBench.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.RealTests;

/// <summary>Trained language models against transformers on 32 captions of COCO.</summary>
public class ModelTests
{
    // Noise is up to 2.4e-6 (values to 5.6).
    [Fact]
    public void Encode_Stories260k_GivesTransformersNumbers() => CheckCaptions("stories260k", 1e-5);

    // Weights in float16, widened; noise is up to 8e-7.
    [Fact]
    public void Encode_AllMiniLm_GivesTransformersNumbers() => CheckCaptions("all-minilm-l6-v2", 5e-6);

    private static void CheckCaptions(string model, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(SharedPaths.Of("models", model));
        using GoldenFile expected = new(SharedPaths.Of("goldens", "text", "real", model, "golden.safetensors"));
        (string Golden, string Feature)[] poolings =
        [
            ("mean_penultimate", "penultimate_mean"),
            ("mean_last", "last_mean"),
            ("last_token", "last_token"),
            ("cls_last", "last_cls"),
        ];
        FeatureSelection[] wanted = [.. poolings.Select(pooling => FeatureSelection.Parse(pooling.Feature))];
        FeatureSelection[] layers =
        [
            .. Enumerable.Range(0, loaded.Text!.Depth + 1).Select(layer => new FeatureSelection(layer, Pooling.Mean)),
        ];
        Tensor ids = expected.Read("input_ids");
        Tensor mask = expected.Read("attention_mask");
        long[] lengths = mask.sum(1).data<long>().ToArray();

        Tensor[] batch = loaded.Text!.Encode(ids, wanted, mask);
        for (int i = 0; i < wanted.Length; i++)
        {
            GoldenFile.AssertClose(expected.Read(poolings[i].Golden), batch[i], tolerance, poolings[i].Golden);
        }

        for (int row = 0; row < lengths.Length; row++)
        {
            Tensor[] alone = loaded.Text.Encode(ids.narrow(0, row, 1).narrow(1, 0, lengths[row]), wanted);
            for (int i = 0; i < wanted.Length; i++)
            {
                Tensor golden = expected.Read(poolings[i].Golden).narrow(0, row, 1);
                GoldenFile.AssertClose(golden, alone[i], tolerance, $"row {row} {poolings[i].Golden}");
            }
        }

        Tensor[] means = loaded.Text.Encode(ids.narrow(0, 0, 1).narrow(1, 0, lengths[0]), layers);
        GoldenFile.AssertClose(
            expected.Read("hidden_states_row0").mean([1]), cat(means, dim: 0), tolerance, "mean of every layer");
    }
}
