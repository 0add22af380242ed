using System.Diagnostics;
using System.Text;
using AlignBench.Tokenizers;

namespace AlignBench.Tests.Memory;

/// <summary>Tokenizers keep nothing of the texts that have gone through them, and take time in proportion to them.</summary>
[Trait("Category", "Slow")]
[Collection(Alone.Name)]
public class TokenizerStreamTests
{
    public static TheoryData<string> Models => ["bloom-toy-s", "openllama-toy-s", "distilbert-toy", "clip-toy"];

    // Every word is new, so that a cache without a bound would show.
    [Theory]
    [InlineData("bloom-toy-s", 1_000_000)]
    [InlineData("openllama-toy-s", 200_000)]
    [InlineData("distilbert-toy", 200_000)]
    [InlineData("clip-toy", 200_000)]
    public void EncodeIds_AMillionCaptions_LeaveTheHeapAsItIs(string model, int captions)
    {
        ITokenizer tokenizer = Load(model);
        Random random = new(1);
        long ids = Encode(tokenizer, random, captions / 20);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        ids += Encode(tokenizer, random, captions - (captions / 20));

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(ids > captions, $"{ids} ids");
        Assert.True(grown < 4_000_000, $"{grown} bytes more after {captions} captions");
        GC.KeepAlive(tokenizer);
    }

    // Ten times the text takes ten times the time, a hundred times if it were quadratic. The bound lies between; it is the
    // processor's time, which other work does not lengthen, and the best of three.
    [Theory]
    [MemberData(nameof(Models))]
    public void EncodeIds_TenMegabytes_TakeLinearTime(string model)
    {
        ITokenizer tokenizer = Load(model);
        string small = Text(1_000_000);
        string large = Text(10_000_000);
        tokenizer.EncodeIds(small);

        double ratio = Best(tokenizer, large) / Best(tokenizer, small);

        Assert.True(ratio < 35, $"10 MB took {ratio:F1} times as long as 1 MB");
    }

    // No white space at all: the pieces themselves are as long as the text, where a tokenizer allows that.
    [Theory]
    [MemberData(nameof(Models))]
    public void EncodeIds_OneWordOfMegabytes_TakesLinearTime(string model)
    {
        ITokenizer tokenizer = Load(model);
        string small = string.Concat(Enumerable.Repeat("abcdefghij", 20_000));
        string large = string.Concat(Enumerable.Repeat("abcdefghij", 200_000));
        tokenizer.EncodeIds(small);

        double ratio = Best(tokenizer, large) / Best(tokenizer, small);

        Assert.True(ratio < 35, $"2 MB took {ratio:F1} times as long as 0.2 MB");
    }

    private static ITokenizer Load(string model) => TokenizerLoader.Load(Path.Combine(TestPaths.Toy, "models", model));

    private static long Encode(ITokenizer tokenizer, Random random, int captions)
    {
        long ids = 0;
        StringBuilder text = new();
        for (int i = 0; i < captions; i++)
        {
            text.Clear();
            for (int word = 0; word < 8; word++)
            {
                text.Append(word == 0 ? "" : " ").Append((char)('a' + random.Next(26))).Append(random.Next());
            }

            ids += tokenizer.EncodeIds(text.ToString()).Length;
        }

        return ids;
    }

    private static string Text(int bytes)
    {
        string[] words = ["a", "photo", "of", "the", "quick", "brown", "dogs,", "jumping", "over", "3", "fences.\n"];
        Random random = new(2);
        StringBuilder text = new(bytes + 16);
        while (text.Length < bytes)
        {
            text.Append(words[random.Next(words.Length)]).Append(' ');
        }

        return text.ToString();
    }

    private static double Best(ITokenizer tokenizer, string text) => Enumerable.Range(0, 3).Min(_ =>
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        tokenizer.EncodeIds(text);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    });
}
