using System.CommandLine;
using System.Globalization;
using AlignBench.Experiments;
using AlignBench.Hub.Requests;
using AlignBench.Reports;
using AlignBench.Similarity;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench similarity --x FILE --y FILE</c></summary>
internal static class SimilarityCommand
{
    private const string AllMetrics = "all";

    public static Command Create()
    {
        Option<FileInfo> x = new Option<FileInfo>("--x")
        {
            Description = "Feature file of images or captions, as 'alignbench extract' writes it; or .npy, .safetensors.",
            Required = true,
            HelpName = "file",
        }.AcceptExistingOnly();
        Option<FileInfo> y = new Option<FileInfo>("--y")
        {
            Description = "Feature file of the same items.",
            Required = true,
            HelpName = "file",
        }.AcceptExistingOnly();
        Option<FileInfo?> idsX = CommonOptions.Ids("--x-ids", "--x");
        Option<FileInfo?> idsY = CommonOptions.Ids("--y-ids", "--y");
        Option<string[]> metric = new("--metric")
        {
            Description = "Names of 'alignbench list metrics', or all. Default: mutual_knn.",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string> preset = new("--preset")
        {
            Description = "strict: the papers' definitions; platonic: the numbers of minyoungg/platonic-rep.",
            DefaultValueFactory = _ => SimilarityPresets.NameOf(SimilarityPreset.Strict),
            HelpName = "name",
        };
        Option<int> k = Count("--k", "Neighbours of an item.", 10);
        Option<int> captions = Count("--captions", "Captions averaged for each item, the first ones.", 1);
        Option<int> permutations = Count("--permutations", "Random pairings, for p and the calibrated score.", 0);
        Option<int> bootstrap = Count("--bootstrap", "Resamples of the items, for the 95 % interval.", 0);
        Option<uint> seed = new("--seed") { Description = "Seed of both.", DefaultValueFactory = _ => 0, HelpName = "n" };
        Option<bool> duplicates = new("--exclude-duplicates")
        {
            Description = "Items with equal features on either side are no neighbours of each other.",
        };
        Option<FileInfo> groups = new Option<FileInfo>("--groups")
        {
            Description = "Table of item and group: items of one group are no neighbours of each other.",
            HelpName = "file",
        }.AcceptExistingOnly();
        Option<FileInfo?> csv = new("--csv") { Description = "Also write a row a metric to this table.", HelpName = "file" };

        metric.Offering(() => MetricCatalog.All.Select(known => known.Name).Append(AllMetrics));
        preset.Offering(() => SimilarityPresets.All.Select(known => known.Name));

        WorkCommand command = new(
            "similarity",
            "Mutual kNN, CKA and the other kernel measures between two feature files.",
            [
                ("alignbench similarity --x features/coco/dinov2-toy-s/A.safetensors --y features/coco/bloom-toy-s/B.safetensors",
                    "Mutual kNN of images and first captions; the paths are those that extract printed."),
                ("alignbench similarity --x A.safetensors --y B.safetensors --metric all --permutations 999 --bootstrap 1000 --csv scores.csv",
                    "Every metric with its p value and interval, and a table."),
            ],
            kept: "nothing was written")
        {
            x, y, idsX, idsY, metric, preset, k, captions, permutations, bootstrap, seed, duplicates, groups, csv,
        };
        command.SetAction((parsed, cancellation) =>
        {
            SimilarityPreset chosen = SimilarityPresets.Find(parsed.GetRequiredValue(preset));
            SimilarityOptions options = new()
            {
                Metrics = Metrics(parsed.GetValue(metric) ?? [], chosen),
                Preset = chosen,
                IdsX = parsed.GetValue(idsX)?.ToString(),
                IdsY = parsed.GetValue(idsY)?.ToString(),
                K = AtLeast(1, parsed.GetRequiredValue(k), "--k"),
                Captions = AtLeast(1, parsed.GetRequiredValue(captions), "--captions"),
                Permutations = AtLeast(0, parsed.GetRequiredValue(permutations), "--permutations"),
                Resamples = AtLeast(0, parsed.GetRequiredValue(bootstrap), "--bootstrap"),
                Seed = parsed.GetRequiredValue(seed),
                ExcludeDuplicates = parsed.GetValue(duplicates),
                GroupsFile = parsed.GetValue(groups)?.ToString(),
            };
            if (options.Resamples == 1)
            {
                throw new UsageException("--bootstrap: expected 0, or 2 or more, got 1");
            }

            return Task.Run(
                () => Measure(
                    parsed.GetRequiredValue(x).ToString(),
                    parsed.GetRequiredValue(y).ToString(),
                    options,
                    parsed.GetValue(csv)?.ToString(),
                    parsed.InvocationConfiguration.Output,
                    cancellation),
                cancellation);
        });
        return command;
    }

    private static int Measure(
        string x, string y, SimilarityOptions options, string? csv, TextWriter output, CancellationToken cancellation)
    {
        FileSimilarity found = FileSimilarity.Measure(x, y, options, cancellation);
        string preset = SimilarityPresets.NameOf(options.Preset);
        output.WriteLine($"{found.Items} items, {preset}, k {options.K}, seed {options.Seed}");
        output.WriteLine(
            $"{"metric",-18} {"score",8} {"chance",8} {"null mean",10} {"p",8} {"calibrated",11}  95 % interval");
        foreach (SimilarityScore row in found.Scores)
        {
            string interval = row.Interval is { } ends ? $"{Show(ends.Low)} ... {Show(ends.High)}" : "";
            output.WriteLine(
                $"{row.Metric.Name,-18} {Show(row.Score),8} {Show(row.Chance),8} {Show(row.Null?.Mean),10} "
                + $"{Show(row.Null?.PValue),8} {Show(row.Null?.Calibrated),11}  {interval}".TrimEnd());
        }

        if (csv is not null)
        {
            CsvTable.Write(
                csv,
                [
                    "x", "x_selection", "y", "y_selection", "metric", "preset", "k", "captions", "n", "score", "chance",
                    "null_mean", "null_sd", "p", "calibrated", "ci95_low", "ci95_high", "permutations", "resamples", "seed",
                ],
                found.Scores.Select(row => (object?[])
                [
                    found.X.Model, found.X.Selection, found.Y.Model, found.Y.Selection, row.Metric.Name, preset,
                    row.Metric.UsesNeighbors ? options.K : null, options.Captions, found.Items, row.Score,
                    double.IsNaN(row.Chance) ? null : row.Chance, row.Null?.Mean, row.Null?.StandardDeviation,
                    row.Null?.PValue, row.Null?.Calibrated, row.Interval?.Low, row.Interval?.High,
                    options.Permutations, options.Resamples, options.Seed,
                ]));
        }

        return App.Done;
    }

    private static Metric[] Metrics(string[] names, SimilarityPreset preset) => names switch
    {
        [] => [MetricCatalog.All[0]],
        [AllMetrics] => [.. MetricCatalog.All.Where(metric => metric.IsIn(preset))],
        _ => [.. names.Distinct().Select(MetricCatalog.Find)],
    };

    private static string Show(double? value) => value is double number && !double.IsNaN(number)
        ? number.ToString("F4", CultureInfo.InvariantCulture)
        : "";

    private static Option<int> Count(string name, string description, int standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        HelpName = "n",
    };

    private static int AtLeast(int least, int value, string option) => value >= least
        ? value
        : throw new UsageException($"{option}: expected {least} or more, got {value}");
}
