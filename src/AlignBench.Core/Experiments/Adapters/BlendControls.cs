using AlignBench.Adapters;
using AlignBench.Features;
using AlignBench.Statistics.Distributions;
using AlignBench.Statistics.Generators;

namespace AlignBench.Experiments.Adapters;

/// <summary>
/// Is a blend near the reference because of what the text says, or would any blend be? The image's embedding mixed
/// with random directions, or with another item's image, in the text's place.
/// </summary>
internal static class BlendControls
{
    /// <summary>What stands in the text's place, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = ["noise", "other_image"];

    /// <summary>The blend with what stands in for the text.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="pair">Image and text of some items.</param>
    /// <param name="lambda">Weight of the image.</param>
    /// <param name="seed">Draws directions, or deals out images.</param>
    public static FeatureMatrix Blend(string name, EmbeddingPair pair, double lambda, uint seed)
    {
        NumPyRandom random = new(seed);
        FeatureMatrix second = name == "noise"
            ? Noise(pair.Second, random)
            : pair.First.SelectRows(Deal(pair.First.Rows, random));
        return new EmbeddingPair(pair.First, second).Blend(lambda);
    }

    // Every item gets another one's: a random order, each taking its successor's.
    private static int[] Deal(int n, NumPyRandom random)
    {
        int[] order = random.Permutation(n);
        int[] dealt = new int[n];
        for (int i = 0; i < n; i++)
        {
            dealt[order[i]] = order[(i + 1) % n];
        }

        return dealt;
    }

    // As long as the text's vectors; directions uniform on the sphere.
    private static FeatureMatrix Noise(FeatureMatrix like, NumPyRandom random)
    {
        double[] values = new double[like.Values.Length];
        for (int i = 0; i < like.Rows; i++)
        {
            Span<double> row = values.AsSpan(i * like.Columns, like.Columns);
            double squares = 0;
            foreach (ref double value in row)
            {
                value = Normal.Quantile(Math.Max(random.NextDouble(), double.Epsilon));
                squares += value * value;
            }

            double length = Math.Sqrt(like.Row(i).ToArray().Sum(value => value * value) / squares);
            foreach (ref double value in row)
            {
                value *= length;
            }
        }

        return new FeatureMatrix(like.Rows, like.Columns, values);
    }
}
