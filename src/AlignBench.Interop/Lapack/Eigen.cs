using System.Runtime.InteropServices;

namespace AlignBench.Interop.Lapack;

/// <summary>Decompositions of the system's LAPACK (liblapack.so.3), over row-major arrays.</summary>
public static partial class Eigen
{
    private const string Library = "liblapack.so.3";

    /// <summary>A = V diag(λ) Vᵀ of a symmetric matrix, by divide and conquer (dsyevd).</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="matrix">[n, n], finite; on return row j is the unit eigenvector of λ_j.</param>
    /// <returns>[n], λ ascending.</returns>
    /// <exception cref="ArgumentException">The matrix has not n * n values.</exception>
    /// <exception cref="ArithmeticException">LAPACK did not converge.</exception>
    public static double[] Symmetric(int n, Span<double> matrix)
    {
        if (matrix.Length != (long)n * n)
        {
            throw new ArgumentException($"expected {n} x {n} values, got {matrix.Length}", nameof(matrix));
        }

        double[] values = new double[n];
        if (n == 0)
        {
            return values;
        }

        double[] work = new double[1 + (6 * n) + (2 * n * n)];
        int[] integerWork = new int[3 + (5 * n)];
        Dsyevd(
            (byte)'V', (byte)'L', n, ref MemoryMarshal.GetReference(matrix), n, values,
            work, work.Length, integerWork, integerWork.Length, out int info);
        return info == 0
            ? values
            : throw new ArithmeticException($"LAPACK dsyevd of a {n} x {n} matrix failed with info {info}");
    }

    [LibraryImport(Library, EntryPoint = "dsyevd_")]
    private static partial void Dsyevd(
        in byte jobz, in byte uplo, in int n, ref double a, in int lda, Span<double> w,
        Span<double> work, in int lwork, Span<int> iwork, in int liwork, out int info);
}
