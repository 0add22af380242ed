namespace AlignBench.Data.Tables;

/// <summary>The columns of one table that are used, by the names they have there.</summary>
internal sealed record TableColumns
{
    private const string UsualSplit = "split";

    private static readonly string[] s_image =
        ["filepath", "file_name", "image", "image_path", "filename", "file", "path"];

    // Beside a sound, a file of no name says too little.
    private static readonly string[] s_imageOfSound = ["image", "image_path"];

    private static readonly string[] s_audio = ["audio", "audio_filepath", "audio_path", "wav"];

    private static readonly string[] s_caption = ["title", "caption", "captions", "text", "sentence", "class"];

    private TableColumns()
    {
    }

    /// <summary>Null only where there is <see cref="Audio"/>.</summary>
    public string? Image { get; private init; }

    public string? Audio { get; private init; }

    /// <summary>Null only where there is <see cref="Audio"/>.</summary>
    public string? Caption { get; private init; }

    public string? Id { get; private init; }

    public string? Group { get; private init; }

    public string? Split { get; private init; }

    /// <summary>Finds them: by the names given, else the first of the usual names that is there.</summary>
    /// <param name="source">For messages.</param>
    /// <param name="named">As the user says, or null.</param>
    /// <param name="columns">Those that are there.</param>
    /// <exception cref="DataException">A named column, or one that is needed, is not there.</exception>
    public static TableColumns Find(string source, DatasetColumns? named, IReadOnlyCollection<string> columns) =>
        Find(
            source,
            named,
            columns,
            Named(source, "audio", named?.Audio, columns) ?? s_audio.FirstOrDefault(columns.Contains));

    /// <summary>The same of a table whose sounds, if it has any, are not asked for.</summary>
    /// <exception cref="DataException">A named column, or one that is needed, is not there.</exception>
    public static TableColumns FindWithoutAudio(
        string source, DatasetColumns? named, IReadOnlyCollection<string> columns) =>
        Find(source, named, columns, audio: null);

    private static TableColumns Find(
        string source, DatasetColumns? named, IReadOnlyCollection<string> columns, string? audio)
    {
        return new TableColumns
        {
            Audio = audio,
            Image = Named(source, "image", named?.Image, columns)
                ?? (audio is null ? FirstOf(s_image) : s_imageOfSound.FirstOrDefault(columns.Contains)),
            Caption = Named(source, "caption", named?.Caption, columns)
                ?? (audio is null ? FirstOf(s_caption) : s_caption.FirstOrDefault(columns.Contains)),
            Id = Named(source, "id", named?.Id, columns),
            Group = Named(source, "group", named?.Group, columns),
            Split = Named(source, "split", named?.Split, columns) ?? (columns.Contains(UsualSplit) ? UsualSplit : null),
        };

        string FirstOf(string[] names) => names.FirstOrDefault(columns.Contains) ?? throw new DataException(
            $"{source}: no column {names[0]} (or {string.Join(", ", names[1..])}); "
            + $"there are {string.Join(", ", columns)}");
    }

    private static string? Named(
        string source, string use, string? name, IReadOnlyCollection<string> columns) =>
        name is null || columns.Contains(name)
            ? name
            : throw new DataException(
                $"{source}: no column {name} (columns: {use}){Suggestion.For(name, columns)}; "
                + $"there are {string.Join(", ", columns)}");
}
