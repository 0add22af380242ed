using AlignBench.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>A text's features do not depend on what is encoded with it.</summary>
public class PackedTextTests
{
    public static TheoryData<string> Folders() =>
    [
        .. Directory.GetDirectories(TestPaths.Golden("text", "models")).Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith("wav2vec2", StringComparison.Ordinal)).Order()
            .Select(name => Path.Combine("goldens", name)),
        .. new[] { "bloom-toy-s", "openllama-toy-m", "distilbert-toy" }
            .Select(name => Path.Combine("toy", name)),
    ];

    // Means over every layer, and single tokens of the last: each text alone, with others, in another order.
    [Theory]
    [MemberData(nameof(Folders))]
    public void Encode_OtherNeighboursOrOrder_GivesTheSameBits(string folder)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(PathOf(folder));
        FeatureSelection[] wanted =
        [
            .. Enumerable.Range(0, loaded.Text!.Depth + 1)
                .Select(layer => new FeatureSelection(layer, Pooling.Mean)),
            .. new[] { "last_cls", "last_last_token", "pooled" }.Select(FeatureSelection.Parse)
                .Where(selection => IsSupported(loaded.Text, selection)),
        ];
        long[][] texts = MadeUpTexts(70, vocabulary: 40);
        int[] shuffled = [.. Enumerable.Range(0, texts.Length).OrderBy(i => (i * 37) % texts.Length)];

        float[][] together = Rows(texts);
        float[][] reordered = Rows([.. shuffled.Select(i => texts[i])]);
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal(together[shuffled[i]], reordered[i]);
        }

        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(together[i], Rows([texts[i]])[0]));

        // Each text's features one behind the other.
        float[][] Rows(long[][] some)
        {
            Tensor all = cat(loaded.Text!.Encode(some, wanted), dim: 1);
            return [.. all.data<float>().ToArray().Chunk((int)all.shape[1])];
        }
    }

    [Fact]
    public void Encode_TextLongerThanABatch_GoesAloneAndGivesTheNumbersOfTheReferenceMode()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("text", "models", "llama_mha"));
        long[] text = MadeUpTexts(1, vocabulary: 40, shortest: 300)[0];

        Tensor packed = loaded.Text!.Encode([[5, 6], text], [FeatureSelection.PenultimateMean])[0];
        Tensor reference = loaded.Text.EncodePadded(
            tensor(text, [1, text.Length]), [FeatureSelection.PenultimateMean])[0];

        Assert.True((packed.narrow(0, 1, 1) - reference).abs().max().item<float>() < 1e-5);
    }

    private static bool IsSupported(ITextEncoder encoder, FeatureSelection selection)
    {
        try
        {
            encoder.ThrowIfUnsupported(selection);
            return true;
        }
        catch (ConfigException)
        {
            return false;
        }
    }

    private static string PathOf(string folder) => folder.StartsWith("toy", StringComparison.Ordinal)
        ? Path.Combine(TestPaths.Toy, "models", Path.GetFileName(folder))
        : TestPaths.Golden("text", "models", Path.GetFileName(folder));

    private static long[][] MadeUpTexts(int count, int vocabulary, int shortest = 1)
    {
        Random random = new(5);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, shortest + random.Next(16))
                .Select(_ => 3L + random.Next(vocabulary - 3)).ToArray()),
        ];
    }
}
