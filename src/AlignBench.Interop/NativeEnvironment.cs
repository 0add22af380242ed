using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AlignBench.Interop;

/// <summary>
/// What has to be set in the process before the native libraries load, since they read it only then. Compiled
/// into Interop and into Torch, so that whichever calls a native function first sets it; setting it again
/// changes nothing.
/// </summary>
internal static partial class NativeEnvironment
{
    // malloc.h
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_settings = new(Apply);

    /// <summary>
    /// The environment variables this concerns and the values in force: the user's, else those set here.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Settings => s_settings.Value;

    /// <summary>True if the CPU has what OpenBLAS' SKYLAKEX kernels use: AVX-512 F, DQ, BW and VL.</summary>
    public static bool HasSkylakeKernels { get; } =
        Avx512F.IsSupported && Avx512F.VL.IsSupported && Avx512DQ.IsSupported && Avx512BW.IsSupported;

    /// <summary>
    /// Sets what is not set yet. Idempotent; every thread that returns from here finds it set.
    /// </summary>
    public static void Prepare() => _ = s_settings.Value;

    private static Dictionary<string, string> Apply()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        // By default malloc hands blocks above 128 KB back to the system after use, and each operator's first
        // touch of its output is a page fault again: keep them.
        _ = MallOpt(MmapThreshold, 1 << 30);
        _ = MallOpt(TrimThreshold, int.MaxValue);

        Dictionary<string, string> settings = [];

        // The work is split by items over worker threads; threads inside a matrix product only get in their
        // way.
        Set(settings, "OPENBLAS_NUM_THREADS", "1");
        Set(settings, "OMP_NUM_THREADS", "1");

        // Debian's OpenBLAS takes CPUs newer than itself for Haswells, which costs a factor of 1.6.
        if (HasSkylakeKernels)
        {
            Set(settings, "OPENBLAS_CORETYPE", "SKYLAKEX");
        }

        return settings;
    }

    // .NET's own Environment.SetEnvironmentVariable doesn't reach getenv.
    private static void Set(Dictionary<string, string> settings, string name, string value)
    {
        _ = SetEnv(name, value, overwrite: 0);
        settings[name] = Marshal.PtrToStringUTF8(GetEnv(name)) ?? "";
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnv(string name);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);
}
