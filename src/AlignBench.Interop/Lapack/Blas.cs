using System.Runtime.InteropServices;

namespace AlignBench.Interop.Lapack;

/// <summary>
/// Double-precision BLAS level 3 over row-major arrays (the system's libblas.so.3, OpenBLAS on Debian).
/// </summary>
/// <remarks>
/// Calls from several threads at once are safe as long as the library itself runs one thread a call
/// (OPENBLAS_NUM_THREADS=1, set before it loads); results are then the same from run to run.
/// </remarks>
public static partial class Blas
{
    private const string Library = "libblas.so.3";

    /// <summary>C = α op(A) op(B) + β C.</summary>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">The inner dimension.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">[m, k], or [k, m] when transposed.</param>
    /// <param name="b">[k, n], or [n, k] when transposed.</param>
    /// <param name="beta">Factor of C before the product is added; 0 overwrites, whatever C holds.</param>
    /// <param name="c">[m, n].</param>
    /// <exception cref="ArgumentException">A matrix has too few values.</exception>
    public static void Multiply(
        int m, int n, int k, double alpha, RowMajor a, RowMajor b, double beta, Span<double> c)
    {
        a.ThrowIfShorterThan(m, k, nameof(a));
        b.ThrowIfShorterThan(k, n, nameof(b));
        if (c.Length < (long)m * n)
        {
            throw new ArgumentException($"expected {m} x {n} values, got {c.Length}", nameof(c));
        }

        if (m == 0 || n == 0)
        {
            return;
        }

        // BLAS counts by columns: what it sees is Cᵀ = op(B)ᵀ op(A)ᵀ.
        Dgemm(
            b.IsTransposed ? (byte)'T' : (byte)'N', a.IsTransposed ? (byte)'T' : (byte)'N', n, m, k, alpha,
            ref MemoryMarshal.GetReference(b.Values), Math.Max(1, b.Stride),
            ref MemoryMarshal.GetReference(a.Values), Math.Max(1, a.Stride),
            beta, ref MemoryMarshal.GetReference(c), n);
    }

    /// <summary>C = A Aᵀ or Aᵀ A, both triangles filled.</summary>
    /// <param name="n">Rows and columns of C.</param>
    /// <param name="k">The inner dimension.</param>
    /// <param name="a">[n, k] for A Aᵀ; transposed, [k, n] for Aᵀ A.</param>
    /// <param name="c">[n, n], overwritten.</param>
    /// <exception cref="ArgumentException">A matrix has too few values.</exception>
    public static void MultiplyBySelf(int n, int k, RowMajor a, Span<double> c)
    {
        a.ThrowIfShorterThan(n, k, nameof(a));
        if (c.Length < (long)n * n)
        {
            throw new ArgumentException($"expected {n} x {n} values, got {c.Length}", nameof(c));
        }

        Dsyrk(
            (byte)'U', a.IsTransposed ? (byte)'N' : (byte)'T', n, k, 1.0,
            ref MemoryMarshal.GetReference(a.Values), Math.Max(1, a.Stride), 0.0,
            ref MemoryMarshal.GetReference(c), n);
        Mirror(n, c);
    }

    // The upper triangle by columns is the lower one by rows; tile by tile, so that both sides stay in cache.
    private static void Mirror(int n, Span<double> c)
    {
        const int side = 32;
        for (int top = 0; top < n; top += side)
        {
            for (int left = 0; left <= top; left += side)
            {
                for (int i = top; i < Math.Min(top + side, n); i++)
                {
                    for (int j = left; j < Math.Min(left + side, i); j++)
                    {
                        c[(j * n) + i] = c[(i * n) + j];
                    }
                }
            }
        }
    }

    [LibraryImport(Library, EntryPoint = "dgemm_")]
    private static partial void Dgemm(
        in byte transA, in byte transB, in int m, in int n, in int k, in double alpha,
        ref readonly double a, in int lda, ref readonly double b, in int ldb,
        in double beta, ref double c, in int ldc);

    [LibraryImport(Library, EntryPoint = "dsyrk_")]
    private static partial void Dsyrk(
        in byte uplo, in byte trans, in int n, in int k, in double alpha, ref readonly double a, in int lda,
        in double beta, ref double c, in int ldc);
}
