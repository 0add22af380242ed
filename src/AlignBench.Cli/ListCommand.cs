using System.CommandLine;
using System.Globalization;
using AlignBench.Data;
using AlignBench.Experiments;
using AlignBench.Models;
using AlignBench.Regression.Presets;
using AlignBench.Similarity;

namespace AlignBench.Cli;

/// <summary><c>alignbench list models|datasets|metrics|presets|experiments</c></summary>
internal static class ListCommand
{
    private static readonly (string Name, Func<IEnumerable<string>> Lines)[] s_catalogs =
    [
        ("models", Models),
        ("datasets", () => Described(DatasetCatalog.Formats.Select(format => (format.Name, format.Description)))),
        ("metrics", () => Described(
            MetricCatalog.All.Select(metric => (metric.Name, $"{metric.Description}; {metric.Range} [{metric.Source}]"))
                .Prepend(("predictivity", "cross-validated ridge regression, mean Pearson r; both directions")))),
        ("presets", () => Described(
        [
            .. RidgePresets.All.Select(preset => (preset.Name, $"{preset.Description} [{preset.Source}]")),
            .. RidgePresets.Aliases.Select(alias => (alias.Key, $"another name of {alias.Value}")),
            .. SimilarityPresets.All.Select(preset => (preset.Name, $"{preset.Description} [{preset.Source}]")),
        ])),
        ("experiments", () => Described(ExperimentCatalog.Entries.Select(kind => (kind.Name, $"{kind.Description} [{kind.Source}]")))),
    ];

    public static Command Create()
    {
        Argument<string> what = new Argument<string>("what")
        {
            HelpName = "what",
            Description = $"One of {string.Join(", ", s_catalogs.Select(catalog => catalog.Name))}.",
        }.AcceptOnlyFromAmong([.. s_catalogs.Select(catalog => catalog.Name)]);

        WorkCommand command = new(
            "list",
            "What there is: models, data layouts, metrics, presets, experiments.",
            [
                ("alignbench list models", "Checkpoints of the studies: hub id, parameters, width, depth."),
                ("alignbench list datasets", "Names for 'format' in a config and for --format."),
            ],
            kept: "nothing was changed")
        {
            what,
        };
        command.SetAction((parsed, _) =>
        {
            foreach (string line in s_catalogs.First(c => c.Name == parsed.GetRequiredValue(what)).Lines())
            {
                parsed.InvocationConfiguration.Output.WriteLine(line);
            }

            return Task.FromResult(App.Done);
        });
        return command;
    }

    private static IEnumerable<string> Described(IEnumerable<(string Name, string Description)> entries)
    {
        (string Name, string Description)[] all = [.. entries];
        int width = all.Max(entry => entry.Name.Length);
        return all.Select(entry => $"{entry.Name.PadRight(width)}  {entry.Description}");
    }

    private static IEnumerable<string> Models()
    {
        yield return $"{"hub id",-34} {"encodes",-7} {"parameters",14} {"width",5} {"depth",5}  licence";
        foreach (EncoderEntry entry in EncoderCatalog.Entries)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.HubId,-34} {entry.Modality,-7} {entry.Parameters,14:N0} {entry.Width,5} {entry.Depth,5}  {entry.Licence}");
        }

        yield return "";
        yield return $"Any folder of these architectures works as well: {string.Join(", ", EncoderLoader.ModelTypes)}";
    }
}
