using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;
using AlignBench.Statistics;

namespace AlignBench.Reports.Plots;

/// <summary>
/// Two conditions as bars, a group for each direction (He, Trott and Khosla 2025, figure 2): the mean over the model
/// pairs, its standard error, each pair as a dot joined to itself, and the paired t test above.
/// </summary>
internal static class ContrastPlot
{
    private const double RoomForTest = 1.25;     // above the highest dot, as a share of the axis

    public static PlotKind Kind { get; } = new(
        "contrasts",
        "Two conditions compared",
        "Bars are means over the model pairs, whiskers one standard error over the pairs. Each dot is one pair of a vision "
        + "and a language model; a thin line joins its two conditions. Above: the paired t test over the pairs.",
        ["ttests.csv", "predictivity.csv"],
        Plots);

    // The two ends of a curve are shown by the curve.
    private static IReadOnlyList<Plot> Plots(RunFolder run)
    {
        HashSet<string> curves = [.. CurvePoint.Of(run).Select(point => point.Experiment)];
        ContrastRow[] rows = [.. ContrastRow.Of(run).Where(row => !curves.Contains(row.Experiment))];
        IReadOnlySet<(string, string)> main =
            ExperimentVariants.Main(rows.Select(row => (row.Experiment, row.Folding)));
        return
        [
            .. from row in rows
               group row by (row.Experiment, row.Folding) into contrast
               select Create(run, [.. contrast]) with { IsMain = main.Contains(contrast.Key) },
        ];
    }

    private static Plot Create(RunFolder run, ContrastRow[] rows)
    {
        ContrastRow first = rows[0];
        ExperimentWords words = ExperimentWords.Of(run, first.Experiment, first.Folding);
        double[] scores = [.. rows.SelectMany(row => row.Pairs).Select(pair => pair.Score).Where(double.IsFinite)];
        double top = scores.DefaultIfEmpty(1).Max();
        double bottom = Math.Min(0, scores.DefaultIfEmpty(0).Min());
        return new Plot
        {
            Id = Plot.IdOf("contrast", first.Experiment, first.Folding),
            Title = words.Title,
            Description = string.Join(" ", rows.Select(Describe)),
            Template = "contrast.vl.json",
            Data = new Dictionary<string, IReadOnlyList<JsonObject>>
            {
                ["means"] = [.. rows.SelectMany(Means)],
                ["pairs"] = [.. rows.SelectMany(row => row.Pairs.Select(pair => Single(row, pair)))],
                ["tests"] = [.. rows.Select(Test)],
            },
            Parameters = new Dictionary<string, JsonNode?>
            {
                ["conditions"] = new JsonArray(Words.Name(first.A), Words.Name(first.B)),
                ["domain"] = new JsonArray(bottom, bottom + ((top - bottom) * RoomForTest)),
            },
        };
    }

    private static string Describe(ContrastRow row) =>
        $"{Words.Direction(row.Direction)}: mean r {Words.R(row.MeanA)} for {Words.Name(row.A)}, "
        + $"{Words.R(row.MeanB)} for {Words.Name(row.B)}, {row.Test}.";

    private static IEnumerable<JsonObject> Means(ContrastRow row)
    {
        foreach ((string condition, double mean) in new[] { (row.A, row.MeanA), (row.B, row.MeanB) })
        {
            double[] scores = [.. row.Pairs.Where(pair => pair.Condition == condition).Select(pair => pair.Score)];
            double error = scores.Length > 1 ? Moments.StandardError(scores) : double.NaN;
            yield return new JsonObject
            {
                ["direction"] = Words.Direction(row.Direction),
                ["condition"] = Words.Name(condition),
                ["mean"] = Plot.Number(mean),
                ["sem"] = Plot.Number(error),
                ["low"] = Plot.Number(mean - error),
                ["high"] = Plot.Number(mean + error),
                ["pairs"] = scores.Length,
            };
        }
    }

    private static JsonObject Single(ContrastRow row, PairRow pair) => new()
    {
        ["direction"] = Words.Direction(row.Direction),
        ["condition"] = Words.Name(pair.Condition),
        ["pair"] = $"{pair.Vision} × {pair.Language}",
        ["vision"] = pair.Vision,
        ["language"] = pair.Language,
        ["score"] = Plot.Number(pair.Score),
    };

    private static JsonObject Test(ContrastRow row) => new()
    {
        ["direction"] = Words.Direction(row.Direction),
        ["label"] = row.Test.Replace(", ", "\n", StringComparison.Ordinal),
        ["top"] = Plot.Number(row.Pairs.Select(pair => pair.Score).Where(double.IsFinite).DefaultIfEmpty(0).Max()),
        ["t"] = Plot.Number(row.T),
        ["df"] = Plot.Number(row.Df),
        ["p"] = Plot.Number(row.P),
        ["published_t"] = row.PublishedT is double published ? Plot.Number(published) : null,
    };
}
