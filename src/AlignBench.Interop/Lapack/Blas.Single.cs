using System.Runtime.InteropServices;

namespace AlignBench.Interop.Lapack;

/// <content>Single-precision products.</content>
public static partial class Blas
{
    /// <summary>C = A Bᵀ of row-major float32 matrices without gaps between their rows.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Rows of B, columns of C.</param>
    /// <param name="k">Columns of A and B.</param>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[n, k].</param>
    /// <param name="c">[m, n], overwritten.</param>
    /// <exception cref="ArgumentException">A matrix has too few values.</exception>
    public static void MultiplyTransposed(
        int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        ThrowIfShorter(a.Length, m, k, nameof(a));
        ThrowIfShorter(b.Length, n, k, nameof(b));
        ThrowIfShorter(c.Length, m, n, nameof(c));
        if (m == 0 || n == 0)
        {
            return;
        }

        // BLAS counts by columns: what it sees is Cᵀ = B Aᵀ.
        Sgemm(
            (byte)'T', (byte)'N', n, m, k, 1.0f,
            ref MemoryMarshal.GetReference(b), Math.Max(1, k),
            ref MemoryMarshal.GetReference(a), Math.Max(1, k),
            0.0f, ref MemoryMarshal.GetReference(c), n);
    }

    private static void ThrowIfShorter(int length, int rows, int columns, string name)
    {
        if (length < (long)rows * columns)
        {
            throw new ArgumentException($"expected {rows} x {columns} values, got {length}", name);
        }
    }

    [LibraryImport(Library, EntryPoint = "sgemm_")]
    private static partial void Sgemm(
        in byte transA, in byte transB, in int m, in int n, in int k, in float alpha,
        ref readonly float a, in int lda, ref readonly float b, in int ldb,
        in float beta, ref float c, in int ldc);
}
