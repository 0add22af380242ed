using AlignBench.Diagnostics;

namespace AlignBench.Tests.Diagnostics;

public sealed class DoctorTests : IDisposable
{
    private static readonly string[] s_avx512 = ["avx2", "fma", "avx512f", "avx512bw"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // scripts/test.sh sets up all that is needed before the tests run.
    [Fact]
    public void Examine_AfterSetUp_MissesNothing()
    {
        IReadOnlyList<Finding> findings = Doctor.Examine(_folder.File("none"));

        Assert.DoesNotContain(findings, finding => finding.Verdict == Verdict.Missing);
        Assert.All(findings, finding => Assert.DoesNotContain('\n', finding.Found));
        Assert.Equal("decode JPEG, PNG, WebP, GIF", findings.Single(finding => finding.What == "image codecs").Found);
    }

    [Theory]
    [InlineData("/proc/none", "/proc/none: can't write in /proc: ")]
    [InlineData("/etc/passwd", "/etc/passwd: expected a folder, /etc/passwd is a file")]
    public void Examine_AStoreThatCanNotBeWrittenTo_IsMissing(string store, string words)
    {
        Finding finding = Machine.Store(store);

        Assert.Equal(Verdict.Missing, finding.Verdict);
        Assert.StartsWith(words, finding.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_ThatFails_IsMissingWithTheCausesWordsInOneLine()
    {
        Finding finding = Doctor.Probe(
            "x", () => throw new TypeInitializationException("T", new DllNotFoundException("no libx.so\nat all")));

        Assert.Equal(
            new Finding("x", Verdict.Missing, "no libx.so at all", "run scripts/setup.sh, then scripts/build.sh"), finding);
    }

    [Theory]
    [InlineData(null, null, Verdict.Note, "apt-get install libopenblas0-pthread")]
    [InlineData("OpenBLAS 0.3.21 SkylakeX", "SkylakeX", Verdict.Ok, null)]
    [InlineData("OpenBLAS 0.3.21", "Haswell", Verdict.Note, "OPENBLAS_CORETYPE=SKYLAKEX")]
    public void JudgeBlas_ByWhatItSays_PraisesOrAdvises(string? config, string? core, Verdict verdict, string? advice)
    {
        Finding finding = Doctor.JudgeBlas(config, core, s_avx512);

        Assert.Equal(verdict, finding.Verdict);
        Assert.StartsWith(advice ?? "", finding.Advice ?? "", StringComparison.Ordinal);
        Assert.Equal(advice is null, finding.Advice is null);
    }

    [Fact]
    public void JudgeBlas_HaswellKernelsOnAHaswell_IsFine() =>
        Assert.Equal(Verdict.Ok, Doctor.JudgeBlas("OpenBLAS 0.3.21 Haswell", "Haswell", ["avx2", "fma"]).Verdict);

    [Theory]
    [InlineData(false, "2.6", null, Verdict.Note)]
    [InlineData(true, null, null, Verdict.Missing)]
    [InlineData(true, "2.6", null, Verdict.Missing)]
    [InlineData(true, "2.6", "avx2", Verdict.Ok)]
    public void JudgeKernels_ByWhatIsThere_SaysHowItWorks(
        bool present, string? version, string? level, Verdict verdict) =>
        Assert.Equal(verdict, Doctor.JudgeKernels(present, version, level).Verdict);

    [Fact]
    public void Store_WithFiles_CountsThem()
    {
        _folder.Write("store/coco/model/a.safetensors", "12345");

        Finding finding = Machine.Store(_folder.File("store"));
        Assert.Equal(Verdict.Ok, finding.Verdict);
        Assert.Contains("store: 1 files, 0.00 GiB; ", finding.Found, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void VersionOf_ManyNames_IsTheLongest()
    {
        _folder.Write("libdnnl.so", "");
        _folder.Write("libdnnl.so.2", "");
        _folder.Write("libdnnl.so.2.6", "");
        _folder.Write("libdnnlother.so.7.7.7", "");

        Assert.Equal("2.6", SharedLibraries.VersionOf("libdnnl", [_folder.File("nosuch"), _folder.Root]));
        Assert.Null(SharedLibraries.VersionOf("libother", [_folder.Root]));
    }
}
