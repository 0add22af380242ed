using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.KernelAlignment;

/// <summary>Kernel matrices, [n, n].</summary>
internal static class Kernels
{
    /// <summary>X Xᵀ.</summary>
    public static double[] Linear(FeatureMatrix x)
    {
        ThrowIfTooMany(x.Rows);
        double[] gram = new double[x.Rows * x.Rows];
        Blas.MultiplyBySelf(x.Rows, x.Columns, new RowMajor(x.Values, x.Columns), gram);
        return gram;
    }

    /// <summary>Squared distances, from centred rows, of which the expansion loses least.</summary>
    public static double[] SquaredDistances(FeatureMatrix x)
    {
        int n = x.Rows;
        double[] gram = Linear(RowTransforms.Centred(x));
        double[] squares = [.. Enumerable.Range(0, n).Select(i => gram[(i * n) + i])];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = gram.AsSpan(i * n, n);
            for (int j = 0; j < n; j++)
            {
                row[j] = i == j ? 0.0 : Math.Max(0.0, squares[i] + squares[j] - (2.0 * row[j]));
            }
        }

        return gram;
    }

    /// <summary>exp(−d² / (2 σ²)) of squared distances, in place.</summary>
    public static double[] Gaussian(double[] squaredDistances, double sigmaSquared)
    {
        for (int i = 0; i < squaredDistances.Length; i++)
        {
            squaredDistances[i] = Math.Exp(-squaredDistances[i] / (2.0 * sigmaSquared));
        }

        return squaredDistances;
    }

    /// <summary>The median over i &lt; j; of an even count the mean of the middle two.</summary>
    public static double MedianOfPairs(int n, double[] squaredDistances)
    {
        double[] pairs = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            squaredDistances.AsSpan((i * n) + i + 1, n - i - 1).CopyTo(pairs.AsSpan(count));
            count += n - i - 1;
        }

        Array.Sort(pairs);
        return (pairs[(pairs.Length - 1) / 2] + pairs[pairs.Length / 2]) / 2.0;
    }

    private static void ThrowIfTooMany(int n)
    {
        if ((long)n * n > Array.MaxLength)
        {
            throw new DataException($"a kernel matrix of {n} x {n} is too big; take fewer items");
        }
    }
}
