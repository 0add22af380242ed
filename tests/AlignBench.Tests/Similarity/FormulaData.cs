using AlignBench.Features;

namespace AlignBench.Tests.Similarity;

/// <summary>Integers from a counter-based generator, in place of a stored matrix (SplitMix64's finalizer).</summary>
internal static class FormulaData
{
    private const int Latent = 8;

    public static FeatureMatrix Matrix(int n, int d, ulong stream)
    {
        double[] values = new double[n * d];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++)
            {
                long sum = (long)Hash(stream + 100, i, j, 81) - 40;
                for (int c = 0; c < Latent; c++)
                {
                    sum += ((long)Hash(1, i, c, 17) - 8) * ((long)Hash(stream, c, j, 5) - 2);
                }

                values[(i * d) + j] = sum;
            }
        }

        return new FeatureMatrix(n, d, values);
    }

    private static ulong Hash(ulong s, int i, int j, ulong modulus)
    {
        unchecked
        {
            ulong z = (s * 0x9E3779B97F4A7C15) + ((ulong)i * 0xBF58476D1CE4E5B9) + ((ulong)j * 0x94D049BB133111EB)
                + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            return (z >> 33) % modulus;
        }
    }
}
