
namespace AlignBench.Images;

/// <summary>EXIF orientations, as Pillow's <c>ImageOps.exif_transpose</c> undoes them.</summary>
internal static class ImageOrientation
{
    /// <param name="image">The picture as stored.</param>
    /// <param name="orientation">1..8; 1 gives the picture itself, 5 to 8 swap its sides.</param>
    public static RgbImage Apply(RgbImage image, int orientation)
    {
        if (orientation == 1)
        {
            return image;
        }

        bool turned = orientation >= 5;
        (int width, int height) = turned ? (image.Height, image.Width) : (image.Width, image.Height);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(image.Pixels.Length);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int column, int row) = Source(orientation, x, y, image.Width, image.Height);
                int from = 3 * ((row * image.Width) + column);
                int to = 3 * ((y * width) + x);
                pixels[to] = image.Pixels[from];
                pixels[to + 1] = image.Pixels[from + 1];
                pixels[to + 2] = image.Pixels[from + 2];
            }
        }

        return new RgbImage(width, height, pixels) { Warning = image.Warning };
    }

    // Where the upright picture's pixel (x, y) lies in the stored one of w x h.
    private static (int Column, int Row) Source(int orientation, int x, int y, int w, int h) =>
        orientation switch
        {
            2 => (w - 1 - x, y),
            3 => (w - 1 - x, h - 1 - y),
            4 => (x, h - 1 - y),
            5 => (y, x),
            6 => (y, h - 1 - x),
            7 => (w - 1 - y, h - 1 - x),
            8 => (w - 1 - y, x),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "Not 1 to 8."),
        };
}
