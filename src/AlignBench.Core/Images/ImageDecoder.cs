using System.Buffers;
using AlignBench.Interop.Codecs;

namespace AlignBench.Images;

/// <summary>
/// JPEG, PNG, WebP, GIF (first frame) and BMP files to RGB, each byte equal to Pillow's; the kind is taken
/// from the content, never from a name. Files that end early, JPEGs without their end marker and wrong
/// checksums are refused; a PNG that only lacks IEND, and bytes behind the picture, are accepted. ICC
/// profiles and gamma are ignored.
/// </summary>
public static class ImageDecoder
{
    // Pillow's Image.MAX_IMAGE_PIXELS: more is odd, twice as many is refused by the codecs.
    private const long ManyPixels = 89_478_485;

    private const int LargestRented = 1 << 24;

    /// <summary>Width and height in pixels, read from the header alone, before any orientation.</summary>
    /// <exception cref="ImageException">No known format, a broken header, or over 178,956,970
    /// pixels.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> file)
    {
        EncodedImageInfo info = Probe(file);
        return (info.Width, info.Height);
    }

    /// <summary>All that the header says; no pixel is decoded.</summary>
    /// <exception cref="ImageException">No known format, a broken header, or over 178,956,970
    /// pixels.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        EncodedImageInfo info = Probe(file);
        string format = info.Format.ToString().ToLowerInvariant();
        return new ImageHeader(format, info.Width, info.Height, info.Orientation, info.Channels == 4);
    }

    /// <summary>Decodes a whole file. The message of a failure doesn't name the file; the caller knows its
    /// name.</summary>
    /// <exception cref="ImageException">The file is no image, broken, truncated, too large or
    /// unsupported.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        EncodedImageInfo info = Probe(file);
        (byte[] pixels, string? warning) = info.Channels == 4
            ? DecodeWithAlpha(file, info, options)
            : DecodeOpaque(file, info, options);
        RgbImage image = new(info.Width, info.Height, pixels)
        {
            Warning = WarningOf(info, options) ?? warning,
        };
        return options.ApplyOrientation ? ImageOrientation.Apply(image, info.Orientation) : image;
    }

    private static EncodedImageInfo Probe(ReadOnlySpan<byte> file)
    {
        try
        {
            return ImageCodecs.Probe(file);
        }
        catch (ImageCodecException e)
        {
            throw new ImageException(e.Message);
        }
    }

    private static string? Decode(ReadOnlySpan<byte> file, DecodeOptions options, Span<byte> pixels)
    {
        try
        {
            return ImageCodecs.Decode(file, options.Gray16 == Gray16Rule.Scale, pixels);
        }
        catch (ImageCodecException e)
        {
            throw new ImageException(e.Message);
        }
    }

    private static (byte[] Pixels, string? Warning) DecodeOpaque(
        ReadOnlySpan<byte> file, EncodedImageInfo info, DecodeOptions options)
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(checked(3 * info.Width * info.Height));
        string? warning = Decode(file, options, pixels);
        return (pixels, warning);
    }

    private static (byte[] Pixels, string? Warning) DecodeWithAlpha(
        ReadOnlySpan<byte> file, EncodedImageInfo info, DecodeOptions options)
    {
        int count = info.Width * info.Height;
        byte[] rgba = Rent(checked(4 * count));
        try
        {
            string? warning = Decode(file, options, rgba.AsSpan(0, 4 * count));
            byte[] pixels = GC.AllocateUninitializedArray<byte>(3 * count);
            Flatten(rgba, count, options.Alpha, pixels);
            return (pixels, warning);
        }
        finally
        {
            Return(rgba);
        }
    }

    // The pool rounds up to powers of two and keeps what it lent, which is too much for a huge picture.
    private static byte[] Rent(int length) => length <= LargestRented
        ? ArrayPool<byte>.Shared.Rent(length)
        : GC.AllocateUninitializedArray<byte>(length);

    private static void Return(byte[] rented)
    {
        if (rented.Length <= LargestRented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // OnWhite is Pillow's alpha_composite on an opaque white background: (a c + 255 (255 - a)) / 255,
    // rounded.
    private static void Flatten(byte[] rgba, int count, AlphaRule rule, byte[] rgb)
    {
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> pixel = rgba.AsSpan(4 * i, 4);
            Span<byte> target = rgb.AsSpan(3 * i, 3);
            int alpha = rule == AlphaRule.Drop ? 255 : pixel[3];
            for (int c = 0; c < 3; c++)
            {
                int t = (alpha * pixel[c]) + (255 * (255 - alpha)) + 128;
                target[c] = (byte)(((t >> 8) + t) >> 8);
            }
        }
    }

    private static string? WarningOf(EncodedImageInfo info, DecodeOptions options)
    {
        if (info.Gray16 != 0 && options.Gray16 == Gray16Rule.Clip)
        {
            return "16-bit grey was clipped at 255, as Pillow does";
        }

        return (long)info.Width * info.Height > ManyPixels
            ? $"{info.Width} x {info.Height} pixels are more than {ManyPixels}, the size Pillow warns of"
            : null;
    }
}
