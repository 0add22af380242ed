using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AlignBench.Reports;

/// <summary>
/// The optional <c>tolerances.yaml</c> in a folder of expected tables: a mapping from column names to what is allowed,
/// <c>p: {relative: 1e-4}</c>, <c>t: {absolute: 1e-5, relative: 1e-6}</c>, or <c>score: 1e-8</c> for absolute alone.
/// A named column holds in each table that has it, and is never part of a row's key.
/// </summary>
public static class ToleranceFile
{
    public const string Name = "tolerances.yaml";

    /// <summary>Column -> tolerance; empty where the folder has no such file.</summary>
    /// <exception cref="ConfigException">Not a mapping, a key twice or unknown, or not a number ≥ 0; with the line.</exception>
    public static Dictionary<string, Tolerance> Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using StreamReader reader = new(path);
            YamlStream yaml = [];
            yaml.Load(reader);
            return yaml.Documents is [YamlDocument only, ..] ? Columns(path, only.RootNode) : [];
        }
        catch (YamlException e)
        {
            throw new ConfigException($"{path} line {e.Start.Line}: {e.Message}");
        }
        // An alias where none can be.
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new ConfigException($"{path}: expected columns, as in 'p: {{relative: 1e-4}}', got no such mapping");
        }
    }

    private static Dictionary<string, Tolerance> Columns(string path, YamlNode root)
    {
        if (root is not YamlMappingNode columns)
        {
            throw Wrong(path, root, "columns, as in 'p: {relative: 1e-4}'");
        }

        Dictionary<string, Tolerance> tolerances = [];
        foreach ((YamlNode column, YamlNode value) in columns)
        {
            tolerances.Add(
                column.ToString(), value is YamlScalarNode ? new(Number(path, value), 0) : Parts(path, value));
        }

        return tolerances;
    }

    private static Tolerance Parts(string path, YamlNode node)
    {
        Tolerance tolerance = default;
        YamlMappingNode parts = node as YamlMappingNode ?? throw Wrong(path, node, "absolute, relative");
        foreach ((YamlNode key, YamlNode value) in parts)
        {
            tolerance = key.ToString() switch
            {
                "absolute" => tolerance with { Absolute = Number(path, value) },
                "relative" => tolerance with { Relative = Number(path, value) },
                _ => throw Wrong(path, key, "absolute or relative"),
            };
        }

        return tolerance;
    }

    private static double Number(string path, YamlNode node) =>
        node is YamlScalarNode { Value: string text } && CsvCell.TryNumber(text, out double number) && number >= 0
            ? number
            : throw Wrong(path, node, "a number that is not negative");

    private static ConfigException Wrong(string path, YamlNode node, string expected) =>
        new($"{path} line {node.Start.Line}: expected {expected}, got '{node}'");
}
