using AlignBench.Interop.Codecs;

namespace AlignBench.Diagnostics;

/// <summary>Decodes one picture of 1 x 1 pixel of each kind.</summary>
internal static class CodecProbe
{
    private static readonly (string Format, string Base64)[] s_samples =
    [
        ("JPEG",
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i"
            + "Z2hnPk1xeXBkeFxlZ2P/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI"
            + "AQEAAD8AOf/Z"),
        ("PNG",
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
        ("WebP", "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="),
        ("GIF", "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
    ];

    /// <returns>The formats, all of which were decoded.</returns>
    /// <exception cref="InvalidOperationException">One was not, with the codec's own words.</exception>
    public static string Describe()
    {
        foreach ((string format, string base64) in s_samples)
        {
            byte[] file = Convert.FromBase64String(base64);
            try
            {
                EncodedImageInfo info = ImageCodecs.Probe(file);
                _ = ImageCodecs.Decode(file, scaleGray16: false, new byte[info.Width * info.Height * info.Channels]);
            }
            catch (ImageCodecException e)
            {
                throw new InvalidOperationException($"{format}: {e.Message}", e);
            }
        }

        return $"decode {string.Join(", ", s_samples.Select(sample => sample.Format))}";
    }
}
