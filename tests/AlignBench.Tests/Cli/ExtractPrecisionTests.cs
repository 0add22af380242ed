using AlignBench.Features;
using AlignBench.Features.Storage;
using AlignBench.Interop.Kernels;

namespace AlignBench.Tests.Cli;

/// <summary><c>extract --precision</c>; on a CPU without bfloat16 products, that it says so.</summary>
public sealed class ExtractPrecisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dinov2-toy-s", "penultimate_cls")]
    [InlineData("bloom-toy-s", "penultimate_mean")]
    public async Task Extract_Bf16_StoresItsAgreementBesideTheFeaturesOfFp32(string model, string selection)
    {
        AppRun half = await Extract(model, "bf16");
        if (!CpuKernels.HasBFloat16)
        {
            AssertRefused(half);
            return;
        }

        AppRun whole = await Extract(model, "fp32");
        AppRun again = await Extract(model, "bf16");

        Assert.Equal((0, 0), (half.ExitCode, whole.ExitCode));
        Assert.NotEqual(half.Output, whole.Output);
        Assert.Contains($"{model} {selection}: bf16 against fp32 on 32 contents: mean cosine 0.99", half.Error, StringComparison.Ordinal);
        Assert.Contains("bf16 against fp32 on 32 contents", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bf16", whole.Error, StringComparison.Ordinal);
        using FeatureFile halfFile = new(Stored(half));
        using FeatureFile wholeFile = new(Stored(whole));
        Assert.Null(wholeFile.Agreement);
        PrecisionAgreement stored = Assert.IsType<PrecisionAgreement>(halfFile.Agreement);
        PrecisionAgreement expected = PrecisionAgreement.Of(Rows(halfFile, 32), Rows(wholeFile, 32));
        Assert.Equal(expected.MeanCosine, stored.MeanCosine, 1e-6);
        Assert.Equal(expected.SmallestCosine, stored.SmallestCosine, 1e-6);
        Assert.Equal(expected.LargestDifference, stored.LargestDifference, 1e-4);
        Assert.InRange(stored.LargestDifference, 1e-5, 0.1);
    }

    [Fact]
    public async Task Extract_AnUnknownPrecision_IsAnErrorOfOneLine()
    {
        AppRun run = await Extract("dinov2-toy-s", "bf61");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("precision: expected fp32 or bf16, got 'bf61'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipes_Bf16_DifferFromFp32ButForAModelOfConvolutions()
    {
        string vit = Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s");
        string convolutions = Path.GetDirectoryName(
            Directory.GetFiles(TestPaths.Golden("vision"), "config.json", SearchOption.AllDirectories)
                .First(file => File.ReadAllText(file).Contains("\"model_type\": \"resnet\"", StringComparison.Ordinal)))!;
        if (!CpuKernels.HasBFloat16)
        {
            Assert.Throws<ConfigException>(() => ModelSource.Find(vit, "/", "bf16"));
            return;
        }

        Assert.Equal("bf16", ModelSource.Find(vit, "/", "bf16").Precision);
        Assert.Equal("fp32", ModelSource.Find(convolutions, "/", "bf16").Precision);
        Assert.Contains("precision bfloat16 linear layers\n", Recipe(vit, "bf16"), StringComparison.Ordinal);
        Assert.Contains("precision float32\n", Recipe(vit, "fp32"), StringComparison.Ordinal);
        Assert.Equal(Recipe(convolutions, "fp32"), Recipe(convolutions, "bf16"));
    }

    private static void AssertRefused(AppRun run)
    {
        Assert.NotEqual(0, run.ExitCode);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("precision bf16: this CPU has no bfloat16 products", run.Error, StringComparison.Ordinal);
    }

    private Task<AppRun> Extract(string model, string precision) => AppRun.Of(
        "extract", "--model", Path.Combine(TestPaths.Toy, "models", model), "--format", "flickr30k",
        "--data", Path.Combine(TestPaths.Toy, "data", "flickr30k"), "--limit", "40",
        "--features", _folder.File("features"), "--precision", precision);

    private string Recipe(string model, string precision) => ModelSource.Find(model, "/", precision)
        .Recipes(["penultimate_mean"], new FileDigests(_folder.File("digests.json")))[0].Text;

    private static string Stored(AppRun run) => Path.GetFullPath(run.Output.Trim(), Environment.CurrentDirectory);

    private static float[][] Rows(FeatureFile file, int count) =>
    [
        .. Enumerable.Range(0, count).Select(row =>
        {
            float[] vector = new float[file.Width];
            file.ReadRow(row, vector);
            return vector;
        }),
    ];
}
