using AlignBench.Models;
using AlignBench.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>What the goldens of every language model say, whatever its family; see their README.</summary>
internal static class LanguageModelGolden
{
    /// <summary>Four to five times the noise between two correct float32 ways.</summary>
    private const double StateTolerance = 2e-5;

    private const double PoolingTolerance = 1e-5;

    private static readonly (string Golden, string Feature)[] s_poolings =
    [
        ("mean_penultimate", "penultimate_mean"),
        ("mean_last", "last_mean"),
        ("last_token", "last_token"),
        ("cls_last", "last_cls"),
    ];

    /// <summary>Every batch of a case's folder: padded on the right, on the left, not at all.</summary>
    public static void CheckBatches(string folder)
    {
        string[] goldens =
            ["golden", "golden_left", "golden_left_position_ids", "golden_full", "golden_no_types"];
        foreach (string golden in goldens)
        {
            string path = Path.Combine(folder, $"{golden}.safetensors");
            if (File.Exists(path))
            {
                CheckBatch(folder, path);
            }
        }
    }

    /// <summary>Every text of a case's folder without padding: packed behind the others, and alone.</summary>
    public static void CheckUnpadded(string folder)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(folder);
        using GoldenFile batch = new(Path.Combine(folder, "golden.safetensors"));
        using GoldenFile expected = new(Path.Combine(folder, "golden_unpadded.safetensors"));
        Tensor ids = batch.Read("input_ids");
        long[] lengths = batch.Read("attention_mask").sum(1).data<long>().ToArray();
        FeatureSelection[] wanted =
        [
            .. s_poolings.Select(pooling => FeatureSelection.Parse(pooling.Feature)),
        ];
        long[][] texts =
        [
            .. lengths.Select((length, row) => ids[row].narrow(0, 0, length).data<long>().ToArray()),
        ];
        Tensor[] packed = loaded.Text!.Encode(texts, wanted);
        for (int i = 0; i < wanted.Length; i++)
        {
            string what = $"{folder} {s_poolings[i].Golden}";
            GoldenFile.AssertClose(expected.Read(s_poolings[i].Golden), packed[i], PoolingTolerance, what);
            for (int row = 0; row < texts.Length; row++)
            {
                Tensor alone = loaded.Text.Encode([texts[row]], [wanted[i]])[0];
                Assert.Equal(packed[i][row].data<float>().ToArray(), alone.data<float>().ToArray());
            }
        }
    }

    private static void CheckBatch(string folder, string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(folder);
        using GoldenFile expected = new(path);
        Texts texts = new(expected.Read("input_ids"), expected.Read("attention_mask"));
        bool left = path.Contains("_left", StringComparison.Ordinal);
        Tensor[] states = [.. States(Assert.IsAssignableFrom<TextEncoder>(loaded.Text), texts, expected)];

        // A padding token that sees no real one is arbitrary: on the left, or behind a window.
        bool arbitrary = left || folder.Contains("window", StringComparison.Ordinal);
        Tensor real = (arbitrary ? texts.Mask! : ones_like(texts.Ids)).unsqueeze(-1);
        for (int i = 0; i < states.Length; i++)
        {
            Check($"hidden_states.{i}", states[i]);
        }

        Check("last_hidden_state", states[^1]);
        if (expected.Has("token_type_ids") || expected.Has("position_ids"))
        {
            return;     // what the public way does not take
        }

        foreach ((string golden, string feature) in s_poolings.Append(("pooler_output", "pooled")))
        {
            if (expected.Has(golden) && !(left && golden is "cls_last" or "pooler_output"))
            {
                Tensor actual =
                    loaded.Text!.EncodePadded(texts.Ids, [FeatureSelection.Parse(feature)], texts.Mask)[0];
                GoldenFile.AssertClose(expected.Read(golden), actual, PoolingTolerance, $"{path} {golden}");
            }
        }

        void Check(string tensor, Tensor actual)
        {
            if (expected.Has(tensor))
            {
                GoldenFile.AssertClose(
                    expected.Read(tensor) * real, actual * real, StateTolerance, $"{path} {tensor}");
            }
        }
    }

    private static IEnumerable<Tensor> States(TextEncoder encoder, Texts texts, GoldenFile golden) =>
        encoder switch
        {
            BertEncoder bert when golden.Has("token_type_ids") =>
                bert.HiddenStates(texts, golden.Read("token_type_ids")),
            LlamaEncoder llama when golden.Has("position_ids") =>
                llama.HiddenStates(texts, golden.Read("position_ids")),
            Gpt2Encoder gpt2 when golden.Has("position_ids") =>
                gpt2.HiddenStates(texts, golden.Read("position_ids")),
            _ => encoder.HiddenStates(texts),
        };
}
