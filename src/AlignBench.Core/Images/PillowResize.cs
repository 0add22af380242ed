using System.Buffers;

namespace AlignBench.Images;

/// <summary>A rectangle of pixels: columns Left to Left + Width - 1, rows Top to Top + Height - 1.</summary>
public readonly record struct PixelRegion(int Left, int Top, int Width, int Height);

/// <summary>
/// Pillow's <c>Image.resize</c> for 8-bit RGB, bit for bit: two passes, each rounded to 8 bits, with weights in 22-bit
/// fixed point; when an axis shrinks, the filter widens with it (antialiasing).
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
    /// <exception cref="ArgumentOutOfRangeException">An empty size, or a region outside the resized picture.</exception>
    public static RgbImage ResizeRegion(
        RgbImage image, int width, int height, ResizeFilter filter, PixelRegion region, PassOrder order)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (region.Left < 0 || region.Top < 0 || region.Width < 1 || region.Height < 1
            || region.Left > width - region.Width || region.Top > height - region.Height)
        {
            throw new ArgumentOutOfRangeException(nameof(region), region, $"Outside of {width} x {height} pixels.");
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>(checked(3 * region.Width * region.Height));
        if (filter == ResizeFilter.Nearest || (width == image.Width && height == image.Height))
        {
            CopyNearest(image, width, height, region, pixels);
        }
        else if (width == image.Width)
        {
            ResizeColumns(image, height, filter, region, pixels);
        }
        else if (height == image.Height)
        {
            ResizeRows(image, width, filter, region, pixels);
        }
        else if (order == PassOrder.Pillow13 && IsVerticalFirst(image, width, height))
        {
            ResizeColumnsThenRows(image, width, height, filter, region, pixels);
        }
        else
        {
            ResizeRowsThenColumns(image, width, height, filter, region, pixels);
        }

        return new RgbImage(region.Width, region.Height, pixels) { Warning = image.Warning };
    }

    private static bool IsVerticalFirst(RgbImage image, int width, int height) =>
        height < image.Height && image.Height - height > 2L * (image.Width - width);

    private static void ResizeRows(RgbImage image, int width, ResizeFilter filter, PixelRegion region, byte[] pixels)
    {
        ResampleWeights weights = ResampleWeights.For(image.Width, width, filter);
        int stride = 3 * image.Width;
        HorizontalPass.Run(
            image.Pixels.AsSpan(region.Top * stride), stride, 0, weights, region.Left, pixels, region.Width, region.Height);
    }

    private static void ResizeColumns(RgbImage image, int height, ResizeFilter filter, PixelRegion region, byte[] pixels)
    {
        ResampleWeights weights = ResampleWeights.For(image.Height, height, filter);
        VerticalPass.Run(
            image.Pixels.AsSpan(3 * region.Left), 3 * image.Width, 0, weights, region.Top, pixels, 3 * region.Width, region.Height);
    }

    private static void ResizeRowsThenColumns(
        RgbImage image, int width, int height, ResizeFilter filter, PixelRegion region, byte[] pixels)
    {
        ResampleWeights horizontal = ResampleWeights.For(image.Width, width, filter);
        ResampleWeights vertical = ResampleWeights.For(image.Height, height, filter);
        (int start, int end) = vertical.SourceRange(region.Top, region.Top + region.Height);
        int stride = 3 * image.Width;
        byte[] between = ArrayPool<byte>.Shared.Rent(checked(3 * region.Width * (end - start)));
        HorizontalPass.Run(
            image.Pixels.AsSpan(start * stride), stride, 0, horizontal, region.Left, between, region.Width, end - start);
        VerticalPass.Run(
            between, 3 * region.Width, start, vertical, region.Top, pixels, 3 * region.Width, region.Height);
        ArrayPool<byte>.Shared.Return(between);
    }

    private static void ResizeColumnsThenRows(
        RgbImage image, int width, int height, ResizeFilter filter, PixelRegion region, byte[] pixels)
    {
        ResampleWeights horizontal = ResampleWeights.For(image.Width, width, filter);
        ResampleWeights vertical = ResampleWeights.For(image.Height, height, filter);
        (int start, int end) = horizontal.SourceRange(region.Left, region.Left + region.Width);
        int stride = 3 * (end - start);
        byte[] between = ArrayPool<byte>.Shared.Rent(checked(stride * region.Height));
        VerticalPass.Run(
            image.Pixels.AsSpan(3 * start), 3 * image.Width, 0, vertical, region.Top, between, stride, region.Height);
        HorizontalPass.Run(
            between, stride, start, horizontal, region.Left, pixels, region.Width, region.Height);
        ArrayPool<byte>.Shared.Return(between);
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

    // Pillow adds the scale up step by step (Geometry.c, ImagingScaleAffine); a product would round otherwise.
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
}
