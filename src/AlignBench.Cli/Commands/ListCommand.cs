using System.CommandLine;
using AlignBench.Cli.Display;
using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Images;
using AlignBench.Regression.Presets;
using AlignBench.Reports;
using AlignBench.Similarity;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench list models|datasets|metrics|presets|processors|experiments</c></summary>
internal static class ListCommand
{
    private static readonly Catalog[] s_catalogs =
    [
        new("models", ModelListing.Lines, ModelListing.Header, ModelListing.Rows),
        Described("datasets", ["name", "description", "layout", "source", "licence"], () =>
            DatasetCatalog.Formats.Select(format => (
                format.Name,
                format.Description,
                (object?[])[format.Name, format.Description, format.Layout, format.Source, format.Licence]))),
        Described("metrics", ["name", "description", "range", "source"], () =>
            MetricCatalog.All
                .Select(metric => (
                    metric.Name,
                    $"{metric.Description}; {metric.Range} [{metric.Source}]",
                    (object?[])[metric.Name, metric.Description, metric.Range, metric.Source]))
                .Prepend(Row(
                    "predictivity", "cross-validated ridge regression, mean Pearson r; both directions", null, null))),
        Described("presets", ["name", "description", "source"], () =>
        [
            .. RidgePresets.All.Select(preset => Sourced(preset.Name, preset.Description, preset.Source)),
            .. RidgePresets.Aliases.Select(alias => Row(alias.Key, $"another name of {alias.Value}", (object?)null)),
            .. SimilarityPresets.All.Select(preset => Sourced(preset.Name, preset.Description, preset.Source)),
        ]),
        Described("processors", ["name", "description", "source"], () =>
            ImageProcessorPresets.All.Select(preset => Sourced(preset.Name, preset.Description, preset.Source))),
        Described("experiments", ["name", "description", "source"], () =>
            ExperimentCatalog.Entries.Select(kind => Sourced(kind.Name, kind.Description, kind.Source))),
    ];

    public static Command Create()
    {
        Argument<string> what = new Argument<string>("what")
        {
            HelpName = "what",
            Description = $"One of {string.Join(", ", s_catalogs.Select(catalog => catalog.Name))}.",
        }.AcceptOnlyFromAmong([.. s_catalogs.Select(catalog => catalog.Name)]);
        Option<string?> csv = new("--csv")
        {
            Description = "Also writes it as a table, with what the screen has no room for.",
            HelpName = "file",
        };

        WorkCommand command = new(
            "list",
            "What there is: models, data layouts, metrics, presets, image processors, experiments.",
            [
                ("alignbench list models", "Checkpoints of the studies: hub id, parameters, size, revision ..."),
                ("alignbench list datasets", "Names for 'format' in a config and for --format."),
                ("alignbench list models --csv models.csv", "The same as a table, with whole commits."),
            ],
            kept: "nothing was changed")
        {
            what, csv,
        };
        command.SetAction((parsed, _) =>
        {
            Catalog catalog = s_catalogs.First(c => c.Name == parsed.GetRequiredValue(what));
            if (parsed.GetValue(csv) is string file)
            {
                CsvTable.Write(file, catalog.Columns, catalog.Rows());
            }

            foreach (string line in catalog.Lines())
            {
                parsed.InvocationConfiguration.Output.WriteLine(line);
            }

            return Task.FromResult(App.Done);
        });
        return command;
    }

    private static Catalog Described(
        string name, string[] columns, Func<IEnumerable<(string Name, string Words, object?[] Cells)>> entries) =>
        new(name, () => Aligned([.. entries()]), columns, () => entries().Select(entry => entry.Cells));

    private static IEnumerable<string> Aligned((string Name, string Words, object?[] Cells)[] entries)
    {
        int width = entries.Max(entry => entry.Name.Length);
        return entries.Select(entry => $"{entry.Name.PadRight(width)}  {entry.Words}");
    }

    private static (string Name, string Words, object?[] Cells) Sourced(
        string name, string description, string source) =>
        (name, $"{description} [{source}]", [name, description, source]);

    private static (string Name, string Words, object?[] Cells) Row(
        string name, string description, params object?[] others) =>
        (name, description, [name, description, .. others]);

    private sealed record Catalog(
        string Name, Func<IEnumerable<string>> Lines, string[] Columns, Func<IEnumerable<IReadOnlyList<object?>>> Rows);
}
