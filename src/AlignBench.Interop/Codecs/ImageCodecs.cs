using System.Runtime.InteropServices;

namespace AlignBench.Interop.Codecs;

/// <summary>The file formats that can be decoded.</summary>
public enum EncodedFormat
{
    Jpeg = 1,
    Png = 2,
    WebP = 3,
    Gif = 4,
    Bmp = 5,
}

/// <summary>What an image file's header says. Laid out as <c>codecs::Info</c> in codecs.h.</summary>
/// <param name="Format">Taken from the content.</param>
/// <param name="Width">Pixels as stored, before any orientation.</param>
/// <param name="Height">Pixels as stored, before any orientation.</param>
/// <param name="Channels">3 = RGB; 4 = RGBA, the file has transparency.</param>
/// <param name="Orientation">EXIF's 1..8; 1 is upright, also where the file says nothing.</param>
/// <param name="Gray16">1 for a grey picture of 16 bits per pixel, else 0.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct EncodedImageInfo(
    EncodedFormat Format, int Width, int Height, int Channels, int Orientation, int Gray16);

/// <summary>The file is no image, is broken, or is of a kind that can't be decoded; the message is one
/// line.</summary>
public sealed class ImageCodecException(string message) : Exception(message);

/// <summary>
/// The native image codecs (libjpeg-turbo, libpng, libwebp, giflib). No native memory outlives a call, so
/// there is nothing to dispose: pixels are written straight into the caller's buffer.
/// </summary>
public static partial class ImageCodecs
{
    private const string Library = "alignbench_codecs";

    /// <summary>Reads the header alone; nothing is allocated that grows with the picture.</summary>
    /// <exception cref="ImageCodecException">No known format, a broken header, or over 178,956,970
    /// pixels.</exception>
    public static EncodedImageInfo Probe(ReadOnlySpan<byte> file)
    {
        Check(ab_image_probe(file, (nuint)file.Length, out EncodedImageInfo info));
        return info;
    }

    /// <summary>Decodes the first frame.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="scaleGray16">A 16-bit grey value becomes its high byte; else it is clipped at
    /// 255.</param>
    /// <param name="pixels">[height, width, channels] as <see cref="Probe"/> says, rows from the top.</param>
    /// <returns>The codec's first complaint about a file that it decoded all the same, or null.</returns>
    /// <exception cref="ImageCodecException">The file is broken, truncated or of an unsupported
    /// kind.</exception>
    public static string? Decode(ReadOnlySpan<byte> file, bool scaleGray16, Span<byte> pixels)
    {
        Check(ab_image_decode(file, (nuint)file.Length, scaleGray16 ? 1 : 0, pixels, (nuint)pixels.Length));
        string? warning = Marshal.PtrToStringUTF8(ab_image_last_warning());
        return string.IsNullOrEmpty(warning) ? null : warning;
    }

    private static void Check(int status)
    {
        if (status != 0)
        {
            throw new ImageCodecException(Marshal.PtrToStringUTF8(ab_image_last_error()) ?? "unknown error");
        }
    }

    [LibraryImport(Library)]
    private static partial int ab_image_probe(ReadOnlySpan<byte> data, nuint size, out EncodedImageInfo info);

    [LibraryImport(Library)]
    private static partial int ab_image_decode(
        ReadOnlySpan<byte> data, nuint size, int gray16, Span<byte> pixels, nuint capacity);

    // Both texts belong to the library and hold until the thread's next call.
    [LibraryImport(Library)]
    private static partial nint ab_image_last_error();

    [LibraryImport(Library)]
    private static partial nint ab_image_last_warning();
}
