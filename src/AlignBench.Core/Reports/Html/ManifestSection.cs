using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>How the run came about: versions, machine, seed, time of each stage, and the manifest itself.</summary>
internal static class ManifestSection
{
    private const string Heading = "How these numbers were made";
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    // Label, then the way to it in run.json.
    private static readonly (string Label, string[] Path)[] s_facts =
    [
        ("Started", ["started"]),
        ("Seed of the samples", ["seed"]),
        ("Samples of each data set", ["config", "samples"]),
        ("Preset of the scores", ["config", "preset"]),
        ("Image features", ["config", "vision_features"]),
        ("Caption features", ["config", "language_features"]),
        ("AlignBench", ["versions", "alignbench"]),
        (".NET", ["versions", "dotnet"]),
        ("libtorch", ["versions", "libtorch"]),
        ("System", ["machine", "os"]),
        ("Processor", ["machine", "cpu"]),
        ("Cores", ["machine", "cores"]),
        ("Threads", ["threads"]),
        ("Digest of the inputs", ["digest"]),
    ];

    public static ReportSection Of(RunFolder run)
    {
        if (run.Manifest is not { } manifest)
        {
            return new ReportSection(
                "manifest", Heading, Markup.Empty, $"the folder has no {RunFolder.ManifestName}: the run was not finished");
        }

        JsonObject shown = manifest.DeepClone().AsObject();
        if (shown["inputs"] is JsonObject inputs)
        {
            shown["inputs"] = $"digests of {inputs.Count} files, in {RunFolder.ManifestName}";
        }

        return new ReportSection("manifest", Heading, Markup.Of($"""
            <dl>{Markup.Join(s_facts.Select(fact => Fact(fact.Label, run.Text(fact.Path))))}</dl>
            {Stages(manifest)}
            <details><summary><code>{RunFolder.ManifestName}</code></summary><pre>{shown.ToJsonString(s_indented)}</pre></details>
            """));
    }

    private static Markup Fact(string label, string? value) =>
        value is null ? Markup.Empty : Markup.Of($"<div><dt>{label}</dt><dd>{value}</dd></div>\n");

    private static Markup Stages(JsonObject manifest)
    {
        if (manifest["seconds"] is not JsonObject { Count: > 0 } seconds)
        {
            return Markup.Empty;
        }

        string total = seconds.Sum(stage => (double?)stage.Value ?? 0).ToString("F1", CultureInfo.InvariantCulture);
        string[][] rows = [.. seconds.Select(stage => (string[])[stage.Key, stage.Value?.ToString() ?? ""])];
        return Markup.Of($"""
            <details><summary>Seconds of each stage ({total} in all)</summary>
            {DataTable.Of("seconds.csv", ["stage", "seconds"], rows)}</details>
            """);
    }
}
