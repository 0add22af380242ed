namespace AlignBench.Interop.Kernels;

/// <summary>
/// The native kernels (libalignbench_kernels.so, over oneDNN). Each call runs on the calling thread alone and may be
/// made from many threads at once; memory that a call needs is the thread's own and kept for its next one. Tensors
/// are passed as the bytes of their float32 values, row-major without gaps.
/// </summary>
public static class CpuKernels
{
    private static readonly Lazy<string?> s_level = new(KernelNative.FindLevel);

    /// <summary>Whether there is a library for this machine.</summary>
    public static bool IsAvailable => s_level.Value is not null;

    /// <summary>The instruction set in use, "avx512", "avx2" or "baseline"; null without a library.</summary>
    /// <remarks><c>ONEDNN_MAX_CPU_ISA</c> limits it, if it is set before the first use.</remarks>
    public static string? Level => s_level.Value;

    /// <summary>Whether bfloat16 products run in hardware.</summary>
    public static bool HasBFloat16 => IsAvailable && KernelNative.HasBFloat16() != 0;

    /// <summary>(x - mean) / sqrt(variance + epsilon) · weight + bias for each row, biased variance.</summary>
    /// <param name="rows">Of x and y.</param>
    /// <param name="x">[rows, width].</param>
    /// <param name="weight">[width], or empty.</param>
    /// <param name="bias">[width], or empty.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">[rows, width], overwritten; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public static void LayerNorm(
        long rows,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> weight,
        ReadOnlySpan<byte> bias,
        float epsilon,
        Span<byte> y)
    {
        long width = Width(rows, x, y);
        ThrowIfNot(weight.IsEmpty ? 0 : width, weight, nameof(weight));
        ThrowIfNot(bias.IsEmpty ? 0 : width, bias, nameof(bias));
        KernelNative.Check(KernelNative.LayerNormRun(rows, width, x, weight, bias, epsilon, y));
    }

    /// <summary>x / sqrt(mean square + epsilon) · weight for each row.</summary>
    /// <param name="rows">Of x and y.</param>
    /// <param name="x">[rows, width].</param>
    /// <param name="weight">[width].</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="y">[rows, width], overwritten; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public static void RmsNorm(
        long rows, ReadOnlySpan<byte> x, ReadOnlySpan<byte> weight, float epsilon, Span<byte> y)
    {
        long width = Width(rows, x, y);
        ThrowIfNot(width, weight, nameof(weight));
        KernelNative.Check(KernelNative.RmsNormRun(rows, width, x, weight, epsilon, y));
    }

    /// <exception cref="ArgumentException">Not so many float32 values.</exception>
    internal static void ThrowIfNot(long values, ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length != values * sizeof(float))
        {
            throw new ArgumentException($"expected {values} float32 values, got {bytes.Length} bytes", name);
        }
    }

    private static long Width(long rows, ReadOnlySpan<byte> x, Span<byte> y)
    {
        long width = rows == 0 ? 0 : x.Length / sizeof(float) / rows;
        ThrowIfNot(rows * width, x, nameof(x));
        ThrowIfNot(rows * width, y, nameof(y));
        return width;
    }
}
