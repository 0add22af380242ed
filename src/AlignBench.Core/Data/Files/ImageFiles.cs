namespace AlignBench.Data.Files;

/// <summary>Which file names are images.</summary>
internal static class ImageFiles
{
    public static readonly string[] Extensions = ["jpg", "jpeg", "png", "webp", "gif", "bmp"];

    /// <param name="extension">Without its dot, in any case.</param>
    public static bool IsImage(string extension) =>
        Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Where an image (or a sound) named in a table lies: from the table's folder on, or an absolute path. A name that no file can
    /// have, with a null character, stays as it is: no file of it will be found.
    /// </summary>
    public static string Resolve(string name, string folder) =>
        name.Contains('\0', StringComparison.Ordinal) ? name : Path.GetFullPath(name, folder);
}
