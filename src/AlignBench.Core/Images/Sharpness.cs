namespace AlignBench.Images;

/// <summary>How sharp a picture is: the variance of its Laplacian (Pech-Pacheco et al. 2000).</summary>
public static class Sharpness
{
    /// <summary>
    /// Variance, over the pixels that have four neighbours, of left + right + above + below − 4 × itself, of the luma
    /// .299 R + .587 G + .114 B (ITU-R 601, not rounded): 0 for a flat picture, large for edges and noise.
    /// </summary>
    /// <returns>In squared grey levels (0 … 255); NaN for a picture less than 3 pixels wide or high.</returns>
    public static double LaplacianVariance(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        (int width, int height) = (image.Width, image.Height);
        double[] luma = Luma(image);
        double sum = 0.0;
        double squares = 0.0;
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
            {
                int i = (y * width) + x;
                double laplacian = luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width] - (4.0 * luma[i]);
                sum += laplacian;
                squares += laplacian * laplacian;
            }
        }

        double count = (double)Math.Max(0, width - 2) * Math.Max(0, height - 2);
        return (squares / count) - (sum / count * (sum / count));
    }

    private static double[] Luma(RgbImage image)
    {
        double[] luma = new double[image.Width * image.Height];
        for (int i = 0; i < luma.Length; i++)
        {
            ReadOnlySpan<byte> rgb = image.Pixels.AsSpan(3 * i, 3);
            luma[i] = (0.299 * rgb[0]) + (0.587 * rgb[1]) + (0.114 * rgb[2]);
        }

        return luma;
    }
}
