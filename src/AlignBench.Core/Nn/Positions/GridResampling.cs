namespace AlignBench.Nn.Positions;

/// <summary>
/// How a grid of trained positions is fitted to another number of patches. All three are in the wild.
/// </summary>
public enum GridResampling
{
    /// <summary>
    /// transformers' Dinov2Model, ViTModel, CLIPVisionModel: cubic kernel a = -0.75 on 4 samples around
    /// (i + 0.5) · M / n - 0.5, border repeated.
    /// </summary>
    Bicubic,

    /// <summary>
    /// transformers' Dinov2WithRegistersModel and timm: a = -0.5, kernel widened when shrinking, weights
    /// normalised and cut at the border; differs from <see cref="Bicubic"/> when enlarging too.
    /// </summary>
    BicubicAntialias,

    /// <summary>
    /// The original DINOv2 code for models without registers: as <see cref="Bicubic"/>, but n + 0.1 samples.
    /// </summary>
    BicubicOffset,
}

/// <summary>
/// One-dimensional resampling as a matrix; a grid is resampled by one for its rows and one for its columns.
/// </summary>
public static class ResamplingMatrix
{
    private const double Offset = 0.1;

    /// <summary>Weights of the old samples (columns) in the new ones (rows).</summary>
    /// <param name="from">Old samples M.</param>
    /// <param name="to">New samples n.</param>
    /// <param name="convention">Which of the three.</param>
    /// <returns>[n · M], row-major.</returns>
    public static float[] Create(int from, int to, GridResampling convention)
    {
        float[] matrix = new float[to * from];
        double step = convention == GridResampling.BicubicOffset ? from / (to + Offset) : (double)from / to;
        for (int i = 0; i < to; i++)
        {
            double center = (i + 0.5) * step;
            Span<float> row = matrix.AsSpan(i * from, from);
            if (convention == GridResampling.BicubicAntialias)
            {
                FillAntialiased(row, center, Math.Max(1, step));
            }
            else
            {
                FillFourTaps(row, center - 0.5);
            }
        }

        return matrix;
    }

    private static void FillFourTaps(Span<float> row, double position)
    {
        int left = (int)Math.Floor(position);
        for (int tap = left - 1; tap <= left + 2; tap++)
        {
            row[Math.Clamp(tap, 0, row.Length - 1)] += (float)Cubic(position - tap, -0.75);
        }
    }

    private static void FillAntialiased(Span<float> row, double center, double widening)
    {
        double support = 2 * widening;
        int first = Math.Max(0, (int)(center - support + 0.5));
        int end = Math.Min(row.Length, (int)(center + support + 0.5));
        double[] weights =
        [
            .. Enumerable.Range(first, end - first).Select(j => Cubic((j - center + 0.5) / widening, -0.5)),
        ];
        double total = weights.Sum();
        for (int j = first; j < end; j++)
        {
            row[j] = (float)(weights[j - first] / total);
        }
    }

    /// <summary>Keys' cubic convolution kernel (Keys 1981), zero outside (-2, 2).</summary>
    private static double Cubic(double x, double a)
    {
        x = Math.Abs(x);
        return x switch
        {
            < 1 => ((((a + 2) * x) - (a + 3)) * x * x) + 1,
            < 2 => a * ((((x - 5) * x) + 8) * x - 4),
            _ => 0,
        };
    }
}
