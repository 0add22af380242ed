namespace AlignBench.Tokenizers;

/// <summary>The tables that are built into this assembly.</summary>
internal static class Resource
{
    /// <summary>The lines of a table, without comments (#) and empty lines.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using Stream stream = typeof(Resource).Assembly
            .GetManifestResourceStream($"AlignBench.Tokenizers.{name}")
            ?? throw new InvalidOperationException($"This assembly lacks its table {name}.");
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
