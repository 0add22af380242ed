namespace AlignBench.Data;

/// <summary>The columns of one table that are used, by the names they have there.</summary>
internal sealed record TableColumns(string Image, string Caption, string? Id, string? Group, string? Split)
{
    private const string UsualSplit = "split";

    private static readonly string[] s_image =
        ["filepath", "file_name", "image", "image_path", "filename", "file", "path"];

    private static readonly string[] s_caption = ["title", "caption", "captions", "text", "sentence", "class"];

    /// <summary>Finds them: by the names given, else the first of the usual names that is there.</summary>
    /// <param name="source">For messages.</param>
    /// <param name="named">As the user says, or null.</param>
    /// <param name="columns">Those that are there.</param>
    /// <exception cref="DataException">A named column, or one that is needed, is not there.</exception>
    public static TableColumns Find(string source, DatasetColumns? named, IReadOnlyCollection<string> columns)
    {
        return new TableColumns(
            Named("image", named?.Image) ?? FirstOf(s_image),
            Named("caption", named?.Caption) ?? FirstOf(s_caption),
            Named("id", named?.Id),
            Named("group", named?.Group),
            Named("split", named?.Split) ?? (columns.Contains(UsualSplit) ? UsualSplit : null));

        string? Named(string use, string? name) => name is null || columns.Contains(name)
            ? name
            : throw new DataException(
                $"{source}: no column {name} (columns: {use}){Suggestion.For(name, columns)}; "
                + $"there are {string.Join(", ", columns)}");

        string FirstOf(string[] names) => names.FirstOrDefault(columns.Contains) ?? throw new DataException(
            $"{source}: no column {names[0]} (or {string.Join(", ", names[1..])}); "
            + $"there are {string.Join(", ", columns)}");
    }
}
