using AlignBench.Interop.Kernels;
using AlignBench.Models;
using AlignBench.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>Whole encoders on the CPU's kernels and on operators.</summary>
public class KernelModelTests
{
    public static TheoryData<string> TextFolders() => Folders(TestPaths.Golden("text", "models"), "wav2vec2");

    public static TheoryData<string> ImageFolders() =>
        Folders(TestPaths.Golden("vision"), "posembed", "dinov2_layouts");

    [Theory]
    [MemberData(nameof(TextFolders))]
    public void Encode_Texts_IsTheOperators(string folder)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder kernels = EncoderLoader.Load(folder);
        using LoadedEncoder operators = EncoderLoader.Load(folder, engine: Engine.Operators);
        long[][] texts = [[3, 4, 5], [6], [7, 8, 9, 10, 11, 3, 4], [12, 13, 14]];
        FeatureSelection[] wanted =
        [
            .. Enumerable.Range(0, kernels.Text!.Depth + 1)
                .Select(layer => new FeatureSelection(layer, Pooling.Mean)),
        ];

        AssertClose(operators.Text!.Encode(texts, wanted), kernels.Text.Encode(texts, wanted), folder);
    }

    [Theory]
    [MemberData(nameof(ImageFolders))]
    public void Encode_Images_IsTheOperators(string folder)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder kernels = EncoderLoader.Load(folder);
        using LoadedEncoder operators = EncoderLoader.Load(folder, engine: Engine.Operators);
        using GoldenFile golden = new(Directory.GetFiles(folder, "*.safetensors")
            .First(file => Path.GetFileName(file) != "model.safetensors" && new GoldenFile(file).Has("pixel_values")));
        Tensor images = golden.Read("pixel_values");
        FeatureSelection[] wanted =
        [
            .. Enumerable.Range(0, kernels.Image!.Depth + 1)
                .Select(layer => new FeatureSelection(layer, Pooling.Mean)),
        ];

        AssertClose(operators.Image!.Encode(images, wanted), kernels.Image.Encode(images, wanted), folder);
    }

    // An image's features are the same bits alone and beside others. Below AVX-512 oneDNN's products round by the
    // number of rows.
    [Fact]
    public void Encode_ImageAloneOrWithOthers_GivesTheSameBits()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s"));
        Tensor images = randn([5, 3, 56, 56], generator: new Generator(1));
        FeatureSelection[] wanted = [FeatureSelection.Parse("penultimate_cls")];

        Tensor together = loaded.Image!.Encode(images, wanted)[0];

        for (int i = 0; i < 5; i++)
        {
            Tensor alone = loaded.Image.Encode(images.narrow(0, i, 1), wanted)[0];
            if (CpuKernels.Level == "avx512")
            {
                Assert.Equal(together[i].data<float>().ToArray(), alone[0].data<float>().ToArray());
            }

            GoldenFile.AssertCloseToScale(together[i], alone[0], 2e-6, "alone");
        }
    }

    // Threads have their own workspaces and share the weights.
    [Fact]
    public void Encode_ManyThreadsOneEncoder_GivesTheBitsOfOne()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s"));
        Tensor[] images =
        [
            .. Enumerable.Range(0, 12).Select(i => randn([1 + (i % 3), 3, 56, 56], generator: new Generator((ulong)i))),
        ];
        float[][] alone = [.. images.Select(Encode)];

        float[][] together = new float[images.Length][];
        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            together[i] = Encode(images[i]);
        });

        Assert.Equal(alone, together);

        float[] Encode(Tensor some)
        {
            using DisposeScope own = NewDisposeScope();
            return loaded.Image!.Encode(some, [FeatureSelection.PenultimateCls])[0].data<float>().ToArray();
        }
    }

    // bfloat16 has 8 bits; what it does to a feature's direction is a few parts in 10,000.
    [Theory]
    [InlineData("dinov2-toy-s")]
    [InlineData("distilbert-toy")]
    [InlineData("openllama-toy-s")]
    public void Encode_InBfloat16_PointsWhereFloat32Points(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        string folder = Path.Combine(TestPaths.Toy, "models", model);
        if (!CpuKernels.HasBFloat16)
        {
            ConfigException e = Assert.Throws<ConfigException>(
                () => EncoderLoader.Load(folder, engine: Engine.Bf16Kernels));
            Assert.Contains("bf16", e.Message, StringComparison.Ordinal);
            return;
        }

        using LoadedEncoder full = EncoderLoader.Load(folder);
        using LoadedEncoder half = EncoderLoader.Load(folder, engine: Engine.Bf16Kernels);

        Tensor expected = Feature(full);
        Tensor actual = Feature(half);

        Tensor cosines = nn.functional.normalize(expected).mul(nn.functional.normalize(actual)).sum(dim: 1);
        Assert.InRange(cosines.min().item<float>(), 0.999f, 0.9999999f);

        Tensor Feature(LoadedEncoder encoder) => encoder.Image is not null
            ? encoder.Image.Encode(
                randn([3, 3, 56, 56], generator: new Generator(1)), [FeatureSelection.PenultimateCls])[0]
            : encoder.Text!.Encode([[3, 4, 5, 6], [7, 8]], [FeatureSelection.PenultimateMean])[0];
    }

    private static TheoryData<string> Folders(string parent, params string[] without) =>
    [
        .. Directory.GetDirectories(parent)
            .Where(path => !without.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal)))
            .Order(),
    ];

    private static void AssertClose(Tensor[] expected, Tensor[] actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            GoldenFile.AssertCloseToScale(
                expected[i], actual[i], VisionModelGolden.Tolerance, $"{what} feature {i}");
        }
    }
}
