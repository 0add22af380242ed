namespace AlignBench.Reports.Html;

/// <summary>Vega, Vega-Lite and Vega-Embed, in the folder vega/ beside the program.</summary>
internal static class ReportAssets
{
    private static readonly string[] s_libraries = ["vega", "vega-lite", "vega-embed"];

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "vega");

    /// <summary>The three libraries in the order in which they need each other.</summary>
    /// <exception cref="DataException">One is missing.</exception>
    public static IReadOnlyList<string> Scripts() => [.. s_libraries.Select(name => Read($"{name}.min.js"))];

    /// <summary>Their licences, which go with every copy.</summary>
    /// <exception cref="DataException">One is missing.</exception>
    public static IReadOnlyList<string> Licences() => [.. s_libraries.Select(name => Read($"{name}.LICENSE.txt"))];

    private static string Read(string name)
    {
        string path = Path.Combine(Folder, name);
        return File.Exists(path)
            ? File.ReadAllText(path)
            : throw new DataException($"{path} is missing, so that no plot can be drawn: run scripts/setup.sh and build again");
    }
}
