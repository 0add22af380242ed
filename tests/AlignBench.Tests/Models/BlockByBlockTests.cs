using AlignBench.Models;
using AlignBench.Nn.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>Models whose blocks are read when they are used give the numbers of those that are in
/// memory.</summary>
public class BlockByBlockTests
{
    public static TheoryData<string> TextModels() =>
    [
        .. Directory.GetDirectories(TestPaths.Golden("text", "models")).Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith("wav2vec2", StringComparison.Ordinal)).Order(),
    ];

    public static TheoryData<string> ImageModels() =>
    [
        .. Directory.GetDirectories(TestPaths.Golden("vision")).Select(path => Path.GetFileName(path))
            .Where(name => name != "dinov2_layouts" && File.Exists(
                TestPaths.Golden("vision", name, "config.json"))).Order(),
    ];

    [Theory]
    [MemberData(nameof(TextModels))]
    public void EncodeTexts_EveryFamily_GivesTheSameBits(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        string folder = TestPaths.Golden("text", "models", name);
        Random random = new(9);
        long[][] texts =
        [
            .. Enumerable.Range(0, 90).Select(_ => Enumerable.Range(0, 1 + random.Next(14))
                .Select(_ => 3L + random.Next(30)).ToArray()),
        ];
        using LoadedEncoder whole = EncoderLoader.Load(folder);
        using LoadedEncoder parts = EncoderLoader.LoadBlockByBlock(folder);
        FeatureSelection[] wanted = [new(0, Pooling.Mean), new(-2, Pooling.Mean), new(-1, Pooling.LastToken)];

        Tensor[] expected = whole.Text!.Encode(texts, wanted);
        Tensor[] actual = parts.Text!.EncodeBlockByBlock(texts, wanted, threads: 3);
        Tensor[] again = parts.Text.EncodeBlockByBlock(texts, wanted, threads: 1);
        Tensor[] oneByOne = parts.Text.Encode(texts[..3], wanted);

        Assert.True(parts.IsBlockByBlock);
        Assert.Equal(whole.Parameters, parts.Parameters);
        for (int i = 0; i < wanted.Length; i++)
        {
            AssertSame(expected[i], actual[i]);
            AssertSame(expected[i], again[i]);
            AssertSame(expected[i].narrow(0, 0, 3), oneByOne[i]);
        }
    }

    [Theory]
    [MemberData(nameof(ImageModels))]
    public void EncodeImages_EveryFamily_GivesTheSameBits(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        string folder = TestPaths.Golden("vision", name);
        using GoldenFile golden = new(Path.Combine(folder, "golden.safetensors"));
        Tensor pixels = golden.Read("pixel_values");
        Tensor[] images = [.. Enumerable.Range(0, (int)pixels.shape[0]).Select(i => pixels.narrow(0, i, 1))];
        using LoadedEncoder whole = EncoderLoader.Load(folder);
        using LoadedEncoder parts = EncoderLoader.LoadBlockByBlock(folder);
        FeatureSelection[] wanted = [whole.Image!.DefaultFeature, new(-1, Pooling.Mean)];

        Tensor[] actual = parts.Image!.EncodeBlockByBlock(images, wanted, threads: 2);

        for (int image = 0; image < images.Length; image++)
        {
            Tensor[] expected = whole.Image.Encode(images[image], wanted);
            for (int i = 0; i < wanted.Length; i++)
            {
                AssertSame(expected[i], actual[i].narrow(0, image, 1));
            }
        }
    }

    [Fact]
    public void LoadBlockByBlock_MissingWeightOfALateBlock_IsSaidAtOnce()
    {
        using ModelFolder folder = ModelFolder.CopyOf(TestPaths.Golden("text", "models", "gpt2"));
        folder.With("n_layer", "99");

        CheckpointException e = Assert.Throws<CheckpointException>(
            () => EncoderLoader.LoadBlockByBlock(folder.Path));

        Assert.Contains("missing tensor h.", e.Message, StringComparison.Ordinal);
    }

    // Blocks of one number each, counted: block by block in order, two are there at most.
    [Fact]
    public void Use_BlocksInOrder_KeepsTwoAndFreesThem()
    {
        int there = 0;
        int most = 0;
        using BlockLoader<int> loader = new(6, i =>
        {
            most = Math.Max(most, Interlocked.Increment(ref there));
            return (new Freed(() => Interlocked.Decrement(ref there)), () => 10 * i);
        });

        int[] used = [.. new[] { 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5 }.Select(i => loader.Use(i, block => block))];
        int[] usedAgain = [.. Enumerable.Range(0, 6).Select(i => loader.Use(i, block => block))];

        Assert.Equal([0, 0, 10, 10, 20, 20, 30, 30, 40, 40, 50, 50], used);
        Assert.Equal([0, 10, 20, 30, 40, 50], usedAgain);
        Assert.Equal(2, most);
        loader.Dispose();
        Assert.Equal(0, there);
    }

    private static void AssertSame(Tensor expected, Tensor actual) =>
        Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray());

    private sealed class Freed(Action free) : IDisposable
    {
        public void Dispose() => free();
    }
}
