using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AlignBench.Interop;

/// <summary>
/// The process's native side: what was set before the libraries loaded, and what they make of it.
/// </summary>
public static partial class NativeRuntime
{
    private static int s_threads = Environment.ProcessorCount;

    /// <summary>
    /// Worker threads that share the items of a stage, 1 or more; the processors' count until configured.
    /// </summary>
    public static int Threads => Volatile.Read(ref s_threads);

    /// <summary>
    /// Environment variables of the native libraries and the values in force, the user's own included.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Settings => NativeEnvironment.Settings;

    /// <summary>The CPU's vector extensions that matter here, widest last.</summary>
    public static IReadOnlyList<string> CpuFeatures { get; } =
    [
        .. new (string Name, bool Present)[]
        {
            ("avx2", Avx2.IsSupported),
            ("fma", Fma.IsSupported),
            ("avx512f", Avx512F.IsSupported),
            ("avx512vl", Avx512F.VL.IsSupported),
            ("avx512dq", Avx512DQ.IsSupported),
            ("avx512bw", Avx512BW.IsSupported),
            ("avx512vbmi", Avx512Vbmi.IsSupported),
            ("avx10.1", Avx10v1.IsSupported),
        }.Where(feature => feature.Present).Select(feature => feature.Name),
    ];

    /// <summary>
    /// OpenBLAS' own words about its version and build, or null where libblas.so.3 is another library.
    /// </summary>
    public static string? BlasConfig => CallForText("openblas_get_config");

    /// <summary>
    /// The CPU core whose kernels OpenBLAS runs, or null where libblas.so.3 is another library.
    /// </summary>
    public static string? BlasCore => CallForText("openblas_get_corename");

    /// <summary>The folder of this assembly's own native libraries and whether each is there.</summary>
    public static IReadOnlyDictionary<string, bool> Libraries { get; } =
        new[] { "torch.so", "kernels.so", "codecs.so" }
            .Select(name => "libalignbench_" + name)
            .Append("libduckdb.so")
            .ToDictionary(name => name, name => File.Exists(Path.Combine(AppContext.BaseDirectory, name)));

    /// <summary>
    /// Sets the worker count. The environment of the native libraries needs no call: it is set when this
    /// assembly loads.
    /// </summary>
    /// <param name="threads">Worker threads, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static void Configure(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        NativeEnvironment.Prepare();
        Volatile.Write(ref s_threads, threads);
    }

    // Every P/Invoke of this assembly comes after this, whichever it is.
#pragma warning disable CA2255 // a library's initializer, on purpose: forgetting the call must be impossible
    [ModuleInitializer]
    internal static void Initialize() => NativeEnvironment.Prepare();
#pragma warning restore CA2255

    private static unsafe string? CallForText(string function)
    {
        if (!NativeLibrary.TryLoad("libblas.so.3", out nint library))
        {
            return null;
        }

        return NativeLibrary.TryGetExport(library, function, out nint address)
            ? Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)address)())
            : null;
    }
}
