using System.Runtime.InteropServices;

namespace AlignBench.Interop.Lapack;

/// <summary>Factorizations of the system's LAPACK (liblapack.so.3), over row-major arrays.</summary>
public static partial class Factorization
{
    private const string Library = "liblapack.so.3";

    /// <summary>A = V diag(λ) Vᵀ of a symmetric matrix, by divide and conquer (dsyevd).</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="matrix">[n, n], finite; on return row j is the unit eigenvector of λ_j.</param>
    /// <returns>[n], λ ascending.</returns>
    /// <exception cref="ArgumentException">The matrix has not n * n values.</exception>
    /// <exception cref="LapackException">LAPACK did not converge.</exception>
    public static double[] SymmetricEigen(int n, Span<double> matrix)
    {
        ThrowIfNot(n, n, matrix.Length);
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
        ThrowIfFailed("dsyevd", n, n, info);
        return values;
    }

    /// <summary>
    /// A = U diag(σ) Vᵀ with min(m, n) = k columns of U and V, by the QR iteration (dgesvd). Where A's large
    /// columns come first, small singular values keep more digits than with divide and conquer.
    /// </summary>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="matrix">[m, n], finite; destroyed.</param>
    /// <returns>U [m, k], σ [k] descending, and Vᵀ [k, n].</returns>
    /// <exception cref="ArgumentException">The matrix has not m * n values.</exception>
    /// <exception cref="LapackException">LAPACK did not converge.</exception>
    public static (double[] Left, double[] Values, double[] Right) SingularValues(
        int m, int n, Span<double> matrix)
    {
        ThrowIfNot(m, n, matrix.Length);
        int k = Math.Min(m, n);
        double[] left = new double[m * k];
        double[] values = new double[k];
        double[] right = new double[k * n];
        if (k == 0)
        {
            return (left, values, right);
        }

        // LAPACK counts by columns and sees Aᵀ = V diag(σ) Uᵀ: its U is V, [n, k] by columns, which is Vᵀ by
        // rows.
        ref double a = ref MemoryMarshal.GetReference(matrix);
        double[] size = new double[1];
        Dgesvd((byte)'S', (byte)'S', n, m, ref a, n, values, right, n, left, k, size, -1, out int info);
        ThrowIfFailed("dgesvd", m, n, info);
        double[] work = new double[(int)size[0]];
        Dgesvd((byte)'S', (byte)'S', n, m, ref a, n, values, right, n, left, k, work, work.Length, out info);
        ThrowIfFailed("dgesvd", m, n, info);
        return (left, values, right);
    }

    /// <summary>
    /// A = L Q with orthonormal rows of Q; only L, min(m, n) = k columns, is kept (dgeqrf of Aᵀ).
    /// </summary>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="matrix">[m, n]; destroyed.</param>
    /// <returns>L, [m, k], zero above its diagonal: L Lᵀ = A Aᵀ without the product's rounding.</returns>
    /// <exception cref="ArgumentException">The matrix has not m * n values.</exception>
    public static double[] LowerTriangle(int m, int n, Span<double> matrix)
    {
        ThrowIfNot(m, n, matrix.Length);
        int k = Math.Min(m, n);
        double[] lower = new double[m * k];
        if (k == 0)
        {
            return lower;
        }

        ref double a = ref MemoryMarshal.GetReference(matrix);
        double[] scales = new double[k];
        double[] size = new double[1];
        Dgeqrf(n, m, ref a, n, scales, size, -1, out int info);
        ThrowIfFailed("dgeqrf", m, n, info);
        double[] work = new double[(int)size[0]];
        Dgeqrf(n, m, ref a, n, scales, work, work.Length, out info);
        ThrowIfFailed("dgeqrf", m, n, info);
        for (int i = 0; i < m; i++)
        {
            int count = Math.Min(i + 1, k);
            matrix.Slice(i * n, count).CopyTo(lower.AsSpan(i * k, count));
        }

        return lower;
    }

    private static void ThrowIfNot(int m, int n, int length)
    {
        if (length != (long)m * n)
        {
            throw new ArgumentException($"expected {m} x {n} values, got {length}");
        }
    }

    private static void ThrowIfFailed(string routine, int m, int n, int info)
    {
        if (info != 0)
        {
            throw new LapackException($"LAPACK {routine} of a {m} x {n} matrix failed with info {info}");
        }
    }

    [LibraryImport(Library, EntryPoint = "dsyevd_")]
    private static partial void Dsyevd(
        in byte jobz, in byte uplo, in int n, ref double a, in int lda, Span<double> w,
        Span<double> work, in int lwork, Span<int> iwork, in int liwork, out int info);

    [LibraryImport(Library, EntryPoint = "dgesvd_")]
    private static partial void Dgesvd(
        in byte jobu, in byte jobvt, in int m, in int n, ref double a, in int lda,
        Span<double> s, Span<double> u, in int ldu, Span<double> vt, in int ldvt,
        Span<double> work, in int lwork, out int info);

    [LibraryImport(Library, EntryPoint = "dgeqrf_")]
    private static partial void Dgeqrf(
        in int m, in int n, ref double a, in int lda, Span<double> tau,
        Span<double> work, in int lwork, out int info);
}
