namespace AlignBench.Data;

/// <summary>A row of a table of images and captions.</summary>
/// <param name="Line">From 1, where it begins.</param>
/// <param name="Image">The image file as written, or null.</param>
/// <param name="Captions">One, or more where a row holds a list; any may be null.</param>
/// <param name="Split">The part it belongs to, or null.</param>
internal sealed record TableRow(int Line, string? Image, string?[] Captions, string? Split);

/// <summary>The names under which tables have their columns, the first that is there counts.</summary>
internal static class TableColumns
{
    public static readonly string[] Image =
        ["filepath", "file_name", "image", "image_path", "filename", "file", "path"];

    public static readonly string[] Caption = ["title", "caption", "captions", "text", "sentence", "class"];

    public const string Split = "split";

    /// <summary>The first of the names that is there.</summary>
    /// <exception cref="DataException">None is; the message lists those that are.</exception>
    public static string Choose(string source, string[] names, IReadOnlyCollection<string> columns) =>
        names.FirstOrDefault(columns.Contains) ?? throw new DataException(
            $"{source}: no column {names[0]} (or {string.Join(", ", names[1..])}); "
            + $"there are {string.Join(", ", columns)}");
}
