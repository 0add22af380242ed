using System.Text.Json.Nodes;

namespace AlignBench.Reports.Runs;

/// <summary>In which settings, versions and machines runs differ, by their manifests.</summary>
public static class ManifestDifferences
{
    // What the numbers depend on, and where they were computed. Times and digests always differ.
    private static readonly string[] s_parts = ["config", "versions", "machine", "threads"];

    private const string Experiments = "config.experiments";

    /// <summary>
    /// A row for each value that is not the same in all runs: its path, then each run's value; empty: not there. Of
    /// experiments that a run lacks, the names alone.
    /// </summary>
    public static IReadOnlyList<string[]> Of(IReadOnlyList<RunFolder> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Dictionary<string, string>[] values = [.. runs.Select(Values)];
        string[][] names = [.. runs.Select(Names)];
        string[] lacking =
            [.. names.SelectMany(own => own).Distinct().Where(name => !names.All(own => own.Contains(name)))];
        return
        [
            .. from path in values.SelectMany(run => run.Keys).Distinct()
               let row = values.Select(run => run.GetValueOrDefault(path, "")).ToArray()
               where row.Distinct().Count() > 1
               where !lacking.Any(name => path.StartsWith($"{Experiments}.{name}.", StringComparison.Ordinal))
               select (string[])[path, .. row],
        ];
    }

    private static string[] Names(RunFolder run) =>
        [.. ExperimentWords.Experiments(run).Select(experiment => (string?)experiment["name"] ?? "")];

    private static Dictionary<string, string> Values(RunFolder run)
    {
        Dictionary<string, string> values = [];
        foreach (string part in s_parts)
        {
            Collect(part, run.Manifest?[part], values);
        }

        return values;
    }

    private static void Collect(string path, JsonNode? node, Dictionary<string, string> values)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string key, JsonNode? value) in members)
                {
                    Collect($"{path}.{key}", value, values);
                }

                break;
            case JsonArray items when items.Any(item => item is JsonObject):
                values[path] = string.Join(' ', items.Select(item => (string?)item?["name"] ?? "?"));
                foreach (JsonNode? item in items)
                {
                    Collect($"{path}.{(string?)item?["name"] ?? "?"}", item, values);
                }

                break;
            case JsonArray items:
                values[path] = string.Join(' ', items.Select(item => item?.ToString()));
                break;
            case not null:
                values[path] = node.ToString();
                break;
        }
    }
}
