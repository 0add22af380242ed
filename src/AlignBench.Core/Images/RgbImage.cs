namespace AlignBench.Images;

/// <summary>An 8-bit RGB picture.</summary>
public sealed class RgbImage
{
    /// <param name="width">Pixels, 1 or more.</param>
    /// <param name="height">Pixels, 1 or more.</param>
    /// <param name="pixels">[height, width, 3] row by row from the top, R G B; not copied.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != 3L * width * height)
        {
            throw new ArgumentException(
                $"{width} x {height} pixels take {3L * width * height} bytes, got {pixels.Length}.");
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>[height, width, 3].</summary>
    public byte[] Pixels { get; }

    /// <summary>What the decoder found odd in a file that it read all the same; null where all was
    /// well.</summary>
    public string? Warning { get; init; }
}
