using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlignBench.Reports.Runs;

/// <summary>What a run has left in its folder: tidy tables and, if it was finished, its manifest.</summary>
public sealed class RunFolder
{
    public const string ManifestName = "run.json";
    private readonly Dictionary<string, CsvTable> _tables = [];

    private RunFolder(string path, IReadOnlyList<string> tableNames, JsonObject? manifest)
    {
        FolderPath = path;
        TableNames = tableNames;
        Manifest = manifest;
    }

    public string FolderPath { get; }

    /// <summary>File names of the tables, in ordinal order.</summary>
    public IReadOnlyList<string> TableNames { get; }

    /// <summary>run.json; null if there is none.</summary>
    public JsonObject? Manifest { get; }

    /// <summary>The config's name, or the folder's.</summary>
    public string Name => Text("config", "name")
        ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(FolderPath)));

    /// <exception cref="DataException">The folder holds no table, or run.json is not JSON.</exception>
    public static RunFolder Read(string folder)
    {
        string[] names = [.. Directory.EnumerateFiles(folder, "*.csv").Select(path => Path.GetFileName(path)!)];
        if (names.Length == 0)
        {
            throw new DataException($"{folder}: expected the tables of a run, got no CSV file");
        }

        Array.Sort(names, StringComparer.Ordinal);
        string manifest = Path.Combine(folder, ManifestName);
        return new RunFolder(folder, names, File.Exists(manifest) ? Parse(manifest) : null);
    }

    public bool Has(string table) => TableNames.Contains(table);

    /// <summary>A table; null if the run has none of that name.</summary>
    /// <exception cref="DataException">It can't be read.</exception>
    public CsvTable? Table(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        if (!_tables.TryGetValue(name, out CsvTable? table))
        {
            table = CsvTable.Read(Path.Combine(FolderPath, name));
            _tables.Add(name, table);
        }

        return table;
    }

    /// <summary>A text or number of the manifest; null if it is not there.</summary>
    public string? Text(params string[] path)
    {
        JsonNode? node = Manifest;
        foreach (string key in path)
        {
            node = (node as JsonObject)?[key];
        }

        return node is JsonValue value ? value.ToString() : null;
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject
                ?? throw new DataException($"{path}: expected a JSON object");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}: {e.Message}");
        }
    }
}
