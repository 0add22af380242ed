namespace AlignBench.Data;

/// <summary>Which file names are images.</summary>
internal static class ImageFiles
{
    public static readonly string[] Extensions = ["jpg", "jpeg", "png", "webp", "gif", "bmp"];

    /// <param name="extension">Without its dot, in any case.</param>
    public static bool IsImage(string extension) =>
        Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase);
}
