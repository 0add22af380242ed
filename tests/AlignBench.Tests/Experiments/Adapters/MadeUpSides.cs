using AlignBench.Safetensors;
using AlignBench.Statistics.Generators;

namespace AlignBench.Tests.Experiments.Adapters;

/// <summary>
/// A file of made-up features: each item is a point in a latent space; every side sees it through a random matrix
/// with some noise, so that sides can be aligned and the reference's neighbours are those of the latent points.
/// </summary>
internal static class MadeUpSides
{
    public const int Latent = 6;

    /// <param name="path">The safetensors file to be.</param>
    /// <param name="items">n.</param>
    /// <param name="sides">Name, width, rows an item and noise of each.</param>
    public static void Write(string path, int items, params (string Name, int Width, int RowsPerItem, double Noise)[] sides)
    {
        NumPyRandom random = new(11);
        double[] points = Draw(random, items * Latent);
        using SafetensorsWriter writer = new(
            path, sides.Select(side => new TensorSpec(side.Name, StoredType.F32, items * side.RowsPerItem, side.Width)));
        foreach ((string name, int width, int rowsPerItem, double noise) in sides)
        {
            double[] view = Draw(random, Latent * width);
            float[] values = new float[items * rowsPerItem * width];
            for (int i = 0; i < values.Length; i++)
            {
                int item = i / width / rowsPerItem;
                double value = noise * ((2 * random.NextDouble()) - 1);
                for (int l = 0; l < Latent; l++)
                {
                    value += points[(item * Latent) + l] * view[(l * width) + (i % width)];
                }

                values[i] = (float)value;
            }

            writer.Write<float>(name, values);
        }

        writer.Commit();
    }

    private static double[] Draw(NumPyRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
