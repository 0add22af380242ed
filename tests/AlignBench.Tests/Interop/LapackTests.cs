using AlignBench.Interop.Lapack;

namespace AlignBench.Tests.Interop;

/// <summary>BLAS and LAPACK over row-major arrays, against sums written out.</summary>
public class LapackTests
{
    // 2 A B + 3 C for every way the factors may be stored, rows a stride apart.
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Multiply_AnyStorage_IsTheSumWrittenOut(bool transposeA, bool transposeB)
    {
        const int m = 3, n = 4, k = 5, stride = 7;
        double[] a = Numbers(8 * stride, seed: 1);
        double[] b = Numbers(8 * stride, seed: 2);
        double[] c = Numbers(m * n, seed: 3);
        double[] expected = [.. c.Select(value => 3.0 * value)];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int l = 0; l < k; l++)
                {
                    double left = transposeA ? a[(l * stride) + i] : a[(i * stride) + l];
                    double right = transposeB ? b[(j * stride) + l] : b[(l * stride) + j];
                    expected[(i * n) + j] += 2.0 * left * right;
                }
            }
        }

        Blas.Multiply(m, n, k, 2.0, new(a, stride, transposeA), new(b, stride, transposeB), 3.0, c);

        AssertClose(expected, c, 1e-14);
    }

    [Theory]
    [InlineData(40, 3)]
    [InlineData(3, 40)]
    public void MultiplyBySelf_BothSides_FillBothTriangles(int rows, int columns)
    {
        double[] a = Numbers(rows * columns, seed: 4);
        double[] gram = new double[rows * rows];
        double[] covariance = new double[columns * columns];
        double[] expectedGram = new double[rows * rows];
        double[] expectedCovariance = new double[columns * columns];
        Blas.Multiply(rows, rows, columns, 1.0, new(a, columns), new(a, columns, true), 0.0, expectedGram);
        Blas.Multiply(
            columns, columns, rows, 1.0, new(a, columns, true), new(a, columns), 0.0, expectedCovariance);

        Blas.MultiplyBySelf(rows, columns, new RowMajor(a, columns), gram);
        Blas.MultiplyBySelf(columns, rows, new RowMajor(a, columns, true), covariance);

        AssertClose(expectedGram, gram, 1e-13);
        AssertClose(expectedCovariance, covariance, 1e-13);
    }

    [Fact]
    public void Multiply_TooFewValues_Throws()
    {
        double[] three = new double[3];
        double[] four = new double[4];

        Assert.Throws<ArgumentException>(
            () => Blas.Multiply(2, 2, 2, 1.0, new(three, 2), new(four, 2), 0.0, new double[4]));
        Assert.Throws<ArgumentException>(
            () => Blas.Multiply(2, 2, 2, 1.0, new(four, 2), new(four, 2), 0.0, new double[3]));
        Assert.Throws<ArgumentException>(() => Factorization.SymmetricEigen(2, three));
    }

    // [[2, 1], [1, 2]]: 1 with (1, −1)/√2 and 3 with (1, 1)/√2.
    [Fact]
    public void SymmetricEigen_TwoByTwo_IsThatWorkedOutByHand()
    {
        double[] matrix = [2, 1, 1, 2];

        AssertClose([1, 3], Factorization.SymmetricEigen(2, matrix), 1e-15);
        Assert.Equal(-matrix[0], matrix[1], 1e-15);
        Assert.Equal(matrix[2], matrix[3], 1e-15);
        Assert.Equal(Math.Sqrt(0.5), Math.Abs(matrix[2]), 1e-15);
    }

    [Theory]
    [InlineData(6, 4)]
    [InlineData(4, 6)]
    public void SingularValues_MultipliedTogether_GiveTheMatrix(int m, int n)
    {
        double[] a = Numbers(m * n, seed: 5);
        (double[] left, double[] values, double[] right) = Factorization.SingularValues(m, n, [.. a]);
        int k = Math.Min(m, n);
        double[] scaled = [.. right.Select((value, i) => value * values[i / n])];
        double[] product = new double[m * n];
        Blas.Multiply(m, n, k, 1.0, new RowMajor(left, k), new RowMajor(scaled, n), 0.0, product);

        AssertClose(a, product, 1e-14);
        Assert.Equal(values.OrderDescending(), values);
    }

    [Theory]
    [InlineData(6, 4)]
    [InlineData(4, 6)]
    public void LowerTriangle_TimesItself_IsTheMatrixTimesItself(int m, int n)
    {
        double[] a = Numbers(m * n, seed: 6);
        int k = Math.Min(m, n);
        double[] lower = Factorization.LowerTriangle(m, n, [.. a]);
        double[] expected = new double[m * m];
        double[] actual = new double[m * m];
        Blas.MultiplyBySelf(m, n, new RowMajor(a, n), expected);
        Blas.MultiplyBySelf(m, k, new RowMajor(lower, k), actual);

        AssertClose(expected, actual, 1e-14);
        Assert.Equal(0.0, lower[1]);
    }

    private static double[] Numbers(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
