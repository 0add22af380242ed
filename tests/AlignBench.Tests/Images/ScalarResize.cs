using AlignBench.Images;

namespace AlignBench.Tests.Images;

/// <summary>Pillow's resize written straight from its definition, for comparison.</summary>
internal static class ScalarResize
{
    public static byte[] Resize(RgbImage image, int width, int height, ResizeFilter filter, PassOrder order)
    {
        bool verticalFirst = order == PassOrder.Pillow13 && height < image.Height
            && image.Height - height > 2 * (image.Width - width);
        byte[,,] pixels = new byte[image.Height, image.Width, 3];
        Buffer.BlockCopy(image.Pixels, 0, pixels, 0, image.Pixels.Length);
        foreach (bool vertical in new[] { verticalFirst, !verticalFirst })
        {
            pixels = vertical
                ? Transpose(ResizeRows(Transpose(pixels), height, filter))
                : ResizeRows(pixels, width, filter);
        }

        byte[] result = new byte[pixels.Length];
        Buffer.BlockCopy(pixels, 0, result, 0, result.Length);
        return result;
    }

    private static byte[,,] ResizeRows(byte[,,] source, int length, ResizeFilter filter)
    {
        int sourceLength = source.GetLength(1);
        if (sourceLength == length)
        {
            return source;
        }

        byte[,,] target = new byte[source.GetLength(0), length, 3];
        double scale = (double)sourceLength / length;
        double filterScale = Math.Max(scale, 1.0);
        double support = FilterCurve.Support(filter) * filterScale;
        for (int i = 0; i < length; i++)
        {
            double center = (i + 0.5) * scale;
            int low = Math.Max(0, (int)(center - support + 0.5));
            int high = Math.Min(sourceLength, (int)(center + support + 0.5));
            double[] weights = new double[high - low];
            double sum = 0.0;
            for (int j = low; j < high; j++)
            {
                weights[j - low] = FilterCurve.Weight(filter, (j - center + 0.5) * (1.0 / filterScale));
                sum += weights[j - low];
            }

            int[] fixedPoint =
                [.. weights.Select(w => (int)((w / sum * 4194304.0) + (w / sum < 0.0 ? -0.5 : 0.5)))];
            for (int y = 0; y < target.GetLength(0); y++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int total = 2097152;
                    for (int j = low; j < high; j++)
                    {
                        total += fixedPoint[j - low] * source[y, j, c];
                    }

                    target[y, i, c] = (byte)Math.Clamp(total >> 22, 0, 255);
                }
            }
        }

        return target;
    }

    private static byte[,,] Transpose(byte[,,] pixels)
    {
        byte[,,] turned = new byte[pixels.GetLength(1), pixels.GetLength(0), 3];
        for (int y = 0; y < pixels.GetLength(0); y++)
        {
            for (int x = 0; x < pixels.GetLength(1); x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    turned[x, y, c] = pixels[y, x, c];
                }
            }
        }

        return turned;
    }
}
