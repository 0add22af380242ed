using System.Runtime.InteropServices;

namespace AlignBench.Interop.Kernels;

/// <summary>The exports of libalignbench_kernels.so; who owns what is said in src/native/kernels/.</summary>
internal static partial class KernelNative
{
    private const string Library = "alignbench_kernels";

    // OpenMP, which oneDNN asks for its threads, reads its environment when it loads.
    static KernelNative() => NativeEnvironment.Prepare();

    /// <exception cref="KernelException">The kernel's own words.</exception>
    public static void Check(int status)
    {
        if (status != 0)
        {
            throw new KernelException(Marshal.PtrToStringUTF8(LastError()) ?? "unknown error");
        }
    }

    /// <summary>The instruction set in use; null where there is no library for this machine.</summary>
    public static string? FindLevel()
    {
        try
        {
            return Marshal.PtrToStringUTF8(Level());
        }
        catch (Exception e)
            when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return null;
        }
    }

    [LibraryImport(Library, EntryPoint = "ab_kernels_last_error")]
    private static partial nint LastError();

    [LibraryImport(Library, EntryPoint = "ab_kernels_level")]
    private static partial nint Level();

    [LibraryImport(Library, EntryPoint = "ab_kernels_has_bfloat16")]
    public static partial int HasBFloat16();

    [LibraryImport(Library, EntryPoint = "ab_linear_create")]
    public static partial int LinearCreate(
        long inputs,
        long outputs,
        KernelPrecision precision,
        ReadOnlySpan<byte> weight,
        ReadOnlySpan<byte> bias,
        out LinearHandle linear);

    [LibraryImport(Library, EntryPoint = "ab_linear_free")]
    public static partial void LinearFree(nint linear);

    [LibraryImport(Library, EntryPoint = "ab_linear_run")]
    public static partial int LinearRun(
        LinearHandle linear,
        KernelActivation activation,
        int gated,
        long rows,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> residual,
        Span<byte> y);

    [LibraryImport(Library, EntryPoint = "ab_mlp_run")]
    public static partial int MlpRun(
        LinearHandle up,
        LinearHandle down,
        KernelActivation activation,
        int gated,
        long rows,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> residual,
        Span<byte> y);

    [LibraryImport(Library, EntryPoint = "ab_convolution_create")]
    public static partial int ConvolutionCreate(
        in ConvolutionSpec spec,
        ReadOnlySpan<byte> weight,
        ReadOnlySpan<byte> bias,
        out ConvolutionHandle convolution);

    [LibraryImport(Library, EntryPoint = "ab_convolution_free")]
    public static partial void ConvolutionFree(nint convolution);

    [LibraryImport(Library, EntryPoint = "ab_convolution_run")]
    public static partial int ConvolutionRun(
        ConvolutionHandle convolution,
        long images,
        long height,
        long width,
        KernelActivation activation,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> residual,
        Span<byte> y);

    [LibraryImport(Library, EntryPoint = "ab_layer_norm_run")]
    public static partial int LayerNormRun(
        long rows,
        long width,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> weight,
        ReadOnlySpan<byte> bias,
        float epsilon,
        Span<byte> y);

    [LibraryImport(Library, EntryPoint = "ab_rms_norm_run")]
    public static partial int RmsNormRun(
        long rows, long width, ReadOnlySpan<byte> x, ReadOnlySpan<byte> weight, float epsilon, Span<byte> y);

    [LibraryImport(Library, EntryPoint = "ab_attention_run")]
    public static partial int AttentionRun(
        in AttentionSpec spec, long sequences, ReadOnlySpan<long> offsets, ReadOnlySpan<byte> qkv, Span<byte> y);

    [LibraryImport(Library, EntryPoint = "ab_neighbors_create")]
    public static partial int NeighborsCreate(
        in NeighborSpec spec, out NeighborHandle search, out long blocks, out long capacity);

    [LibraryImport(Library, EntryPoint = "ab_neighbors_free")]
    public static partial void NeighborsFree(nint search);

    [LibraryImport(Library, EntryPoint = "ab_neighbors_pack")]
    public static partial int NeighborsPack(NeighborHandle search, long block);

    [LibraryImport(Library, EntryPoint = "ab_neighbors_seal")]
    public static partial int NeighborsSeal(NeighborHandle search);

    [LibraryImport(Library, EntryPoint = "ab_neighbors_scan")]
    public static partial int NeighborsScan(NeighborHandle search, long top, long left, out long refined);

    [LibraryImport(Library, EntryPoint = "ab_neighbors_take")]
    public static partial int NeighborsTake(NeighborHandle search, long row, Span<int> indices, out long count);

    /// <summary>Owns one <c>kernels::Linear*</c>.</summary>
    internal sealed class LinearHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            LinearFree(handle);
            return true;
        }
    }

    /// <summary>Owns one <c>kernels::Convolution*</c>.</summary>
    internal sealed class ConvolutionHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            ConvolutionFree(handle);
            return true;
        }
    }

    /// <summary>Owns one <c>kernels::NeighborSearch*</c>.</summary>
    internal sealed class NeighborHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NeighborsFree(handle);
            return true;
        }
    }

    /// <summary>Laid out as <c>ConvolutionSpec</c> in convolution.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct ConvolutionSpec(
        long Inputs, long Outputs, long Kernel, long Stride, long Padding, long Groups);

    /// <summary>Laid out as <c>AttentionSpec</c> in vector_kernels.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct AttentionSpec
    {
        public long Heads;
        public long KeyHeads;
        public long Channels;
        public long Window;
        public long Longest;
        public long Rotated;
        public long AngleRows;
        public long Queries;
        public float* Slopes;
        public float* Distances;
        public float* Cosines;
        public float* Sines;
        public float Scale;
        public int Causal;
        public int AnglesByRow;
    }

    /// <summary>Laid out as <c>NeighborSpec</c> in neighbors.cpp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct NeighborSpec
    {
        public long Rows;
        public long Width;
        public long Neighbors;
        public float* Left;
        public float* Right;
        public double* Slack;
        public int* Groups;
        public KernelPrecision Precision;
    }
}
