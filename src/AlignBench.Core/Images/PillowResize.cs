using System.Buffers;

namespace AlignBench.Images;

/// <summary>A rectangle of pixels: columns Left to Left + Width - 1, rows Top to Top + Height - 1.</summary>
public readonly record struct PixelRegion(int Left, int Top, int Width, int Height);

/// <summary>
/// Pillow's <c>Image.resize</c> for 8-bit RGB, bit for bit: two passes, each rounded to 8 bits, with weights
/// in 22-bit fixed point; when an axis shrinks, the filter widens with it (antialiasing).
/// </summary>
public static class PillowResize
{
    /// <param name="image">The source.</param>
    /// <param name="width">New width in pixels, 1 or more.</param>
    /// <param name="height">New height in pixels, 1 or more.</param>
    /// <param name="filter">The resampling filter.</param>
    /// <param name="order">Which axis goes first.</param>
    public static RgbImage Resize(
        RgbImage image, int width, int height, ResizeFilter filter, PassOrder order = PassOrder.Pillow13) =>
        ResizeRegion(image, width, height, filter, new PixelRegion(0, 0, width, height), order);

    /// <summary>The region of what <see cref="Resize"/> gives; only what it needs is computed.</summary>
    /// <param name="image">The source.</param>
    /// <param name="width">Width of the whole resized picture.</param>
    /// <param name="height">Height of the whole resized picture.</param>
    /// <param name="filter">The resampling filter.</param>
    /// <param name="region">Inside the resized picture.</param>
    /// <param name="order">Which axis goes first.</param>
    /// <exception cref="ArgumentOutOfRangeException">An empty size, or a region outside the resized
    /// picture.</exception>
    public static RgbImage ResizeRegion(
        RgbImage image, int width, int height, ResizeFilter filter, PixelRegion region, PassOrder order)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (region.Left < 0 || region.Top < 0 || region.Width < 1 || region.Height < 1
            || region.Left > width - region.Width || region.Top > height - region.Height)
        {
            throw new ArgumentOutOfRangeException(nameof(region), region, $"Outside of {width} x {height}.");
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>(checked(3 * region.Width * region.Height));
        if (filter == ResizeFilter.Nearest || (width == image.Width && height == image.Height))
        {
            CopyNearest(image, width, height, region, pixels);
        }
        else
        {
            new Job(image, width, height, filter, region).Run(order, pixels);
        }

        return new RgbImage(region.Width, region.Height, pixels) { Warning = image.Warning };
    }

    private static void CopyNearest(RgbImage image, int width, int height, PixelRegion region, byte[] pixels)
    {
        int[] columns = NearestSources(image.Width, width);
        int[] rows = NearestSources(image.Height, height);
        int to = 0;
        for (int y = 0; y < region.Height; y++)
        {
            int row = rows[region.Top + y] * image.Width;
            for (int x = 0; x < region.Width; x++, to += 3)
            {
                image.Pixels.AsSpan(3 * (row + columns[region.Left + x]), 3).CopyTo(pixels.AsSpan(to));
            }
        }
    }

    // Pillow adds the scale up (Geometry.c, ImagingScaleAffine); a product would round otherwise.
    private static int[] NearestSources(int sourceLength, int length)
    {
        double scale = (double)sourceLength / length;
        double at = scale * 0.5;
        int[] sources = new int[length];
        for (int i = 0; i < length; i++, at += scale)
        {
            sources[i] = Math.Min((int)at, sourceLength - 1);
        }

        return sources;
    }

    // One resize by weights: which passes it takes, in which order, and what they need of each other.
    private sealed record Job(RgbImage Image, int Width, int Height, ResizeFilter Filter, PixelRegion Region)
    {
        private readonly ResampleWeights _columns = ResampleWeights.For(Image.Width, Width, Filter);
        private readonly ResampleWeights _rows = ResampleWeights.For(Image.Height, Height, Filter);

        private PixelRows Source => new(Image.Pixels, stride: 3 * Image.Width, left: 0, top: 0);

        private bool IsVerticalFirst =>
            Height < Image.Height && Image.Height - Height > 2L * (Image.Width - Width);

        public void Run(PassOrder order, byte[] pixels)
        {
            if (Width == Image.Width)
            {
                VerticalPass.Run(Source, _rows, Region, pixels);
            }
            else if (Height == Image.Height)
            {
                HorizontalPass.Run(Source, _columns, Region, pixels);
            }
            else if (order == PassOrder.Pillow13 && IsVerticalFirst)
            {
                RunVerticalFirst(pixels);
            }
            else
            {
                RunHorizontalFirst(pixels);
            }
        }

        private void RunHorizontalFirst(byte[] pixels)
        {
            (int start, int end) = _rows.SourceRange(Region.Top, Region.Top + Region.Height);
            PixelRegion between = Region with { Top = start, Height = end - start };
            byte[] buffer = Rent(between);
            HorizontalPass.Run(Source, _columns, between, buffer);
            VerticalPass.Run(RowsOf(buffer, between), _rows, Region, pixels);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        private void RunVerticalFirst(byte[] pixels)
        {
            (int start, int end) = _columns.SourceRange(Region.Left, Region.Left + Region.Width);
            PixelRegion between = Region with { Left = start, Width = end - start };
            byte[] buffer = Rent(between);
            VerticalPass.Run(Source, _rows, between, buffer);
            HorizontalPass.Run(RowsOf(buffer, between), _columns, Region, pixels);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        private static byte[] Rent(PixelRegion region) =>
            ArrayPool<byte>.Shared.Rent(checked(3 * region.Width * region.Height));

        private static PixelRows RowsOf(byte[] buffer, PixelRegion region) =>
            new(buffer, 3 * region.Width, region.Left, region.Top);
    }
}
