using AlignBench.Interop;
using AlignBench.Interop.DuckDb;
using AlignBench.Interop.Kernels;

namespace AlignBench.Diagnostics;

/// <summary>
/// Finds out what of the machine and its libraries works, by using it: a library that is there but can't be loaded, or
/// computes nonsense, is found out too.
/// </summary>
public static class Doctor
{
    private const string SetUp = "run scripts/setup.sh, then scripts/build.sh";

    /// <summary>Looks at everything, in the order in which to mend it.</summary>
    /// <param name="features">The feature store's folder; it need not be there.</param>
    public static IReadOnlyList<Finding> Examine(string features) =>
    [
        Machine.Runtime(),
        Machine.Processor(NativeRuntime.CpuFeatures),
        Machine.Threads(NativeRuntime.Threads, NativeRuntime.Settings),
        Machine.Memory(),
        Probe("libtorch", EngineProbe.Describe),
        JudgeBlas(NativeRuntime.BlasConfig, NativeRuntime.BlasCore, NativeRuntime.CpuFeatures),
        JudgeKernels(
            NativeRuntime.Libraries.GetValueOrDefault("libalignbench_kernels.so"),
            SharedLibraries.VersionOf("libdnnl"),
            CpuKernels.Level),
        Probe("image codecs", CodecProbe.Describe),
        Probe("DuckDB", () => DuckDbSession.LibraryVersion),
        Machine.Store(features),
    ];

    /// <summary>What <paramref name="describe"/> says, or why it failed.</summary>
    internal static Finding Probe(string what, Func<string> describe)
    {
        try
        {
            return new Finding(what, Verdict.Ok, describe());
        }
        catch (Exception e)
        {
            Exception cause = e is TypeInitializationException { InnerException: { } inner } ? inner : e;
            return new Finding(what, Verdict.Missing, cause.Message.ReplaceLineEndings(" ").Trim(), SetUp);
        }
    }

    /// <param name="config">OpenBLAS' words about its build, null if the BLAS is another one.</param>
    /// <param name="core">The core whose kernels it runs, or null.</param>
    /// <param name="cpuFeatures">As <see cref="NativeRuntime.CpuFeatures"/>.</param>
    internal static Finding JudgeBlas(string? config, string? core, IReadOnlyList<string> cpuFeatures)
    {
        const string What = "BLAS";
        if (config is null)
        {
            return new Finding(
                What, Verdict.Note, "libblas.so.3 is not OpenBLAS, which is many times faster",
                "apt-get install libopenblas0-pthread");
        }

        // OpenBLAS' words name the core unless it was built for one alone.
        bool named = core is null || config.Contains(core, StringComparison.OrdinalIgnoreCase);
        string found = named ? config.Trim() : $"{config.Trim()}, {core}";
        return core == "Haswell" && cpuFeatures.Contains("avx512bw")
            ? new Finding(What, Verdict.Note, found, "OPENBLAS_CORETYPE=SKYLAKEX in the environment: this CPU has AVX-512")
            : new Finding(What, Verdict.Ok, found);
    }

    /// <param name="present">Whether the library of kernels is beside the program; the layers do without it, too.</param>
    /// <param name="dnnlVersion">oneDNN's, null if it is not installed.</param>
    /// <param name="level">The instruction set that they use, null if they can't be loaded.</param>
    internal static Finding JudgeKernels(bool present, string? dnnlVersion, string? level)
    {
        const string What = "CPU kernels";
        return !present ? new Finding(What, Verdict.Note, "none here; layers run in libtorch alone, which is slower")
            : dnnlVersion is null ? new Finding(What, Verdict.Missing, "oneDNN is not installed", "apt-get install libdnnl-dev")
            : level is null ? new Finding(What, Verdict.Missing, "libalignbench_kernels.so can't be loaded", SetUp)
            : new Finding(
                What, Verdict.Ok, $"oneDNN {dnnlVersion}, {level}{(CpuKernels.HasBFloat16 ? " with bfloat16" : "")}");
    }
}
