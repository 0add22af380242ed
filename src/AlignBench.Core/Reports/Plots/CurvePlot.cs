using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>Mean score against the number of captions or images averaged (He, Trott and Khosla 2025, figure 3).</summary>
internal static class CurvePlot
{
    public static PlotKind Kind { get; } = new(
        "curves",
        "Averages of several captions or images",
        "Each point is the mean over the model pairs when the features of so many captions of an image, or images of a "
        + "caption, are averaged; whiskers are one standard error over the pairs.",
        ["curves.csv"],
        Plots);

    private static IReadOnlyList<Plot> Plots(RunFolder run)
    {
        IReadOnlyList<CurvePoint> points = CurvePoint.Of(run);
        IReadOnlySet<(string, string)> main =
            ExperimentVariants.Main(points.Select(point => (point.Experiment, point.Folding)));
        return
        [
            .. from point in points
               group point by (point.Experiment, point.Folding) into curve
               select Create(run, [.. curve]) with { IsMain = main.Contains(curve.Key) },
        ];
    }

    private static Plot Create(RunFolder run, CurvePoint[] points)
    {
        CurvePoint first = points[0];
        ExperimentWords words = ExperimentWords.Of(run, first.Experiment, first.Folding);
        JsonNode?[] ks = [.. points.Select(point => point.K).Distinct().Order().Select(k => JsonValue.Create(k))];
        bool hasSeveralSeries = points.Any(point => point.Series != first.Series);
        return new Plot
        {
            Id = Plot.IdOf("curve", first.Experiment, first.Folding),
            Title = words.Title,
            Description = string.Join(" ", points
                .GroupBy(point => (point.Direction, point.Series))
                .Select(curve => Describe(curve, hasSeveralSeries))),
            Template = "curve.vl.json",
            Data = new Dictionary<string, IReadOnlyList<JsonObject>> { ["curve"] = [.. points.Select(Row)] },
            Parameters = new Dictionary<string, JsonNode?>
            {
                ["x_title"] = words.KTitle,
                ["ks"] = new JsonArray(ks),
                ["series_legend"] = hasSeveralSeries ? new JsonObject { ["title"] = null, ["orient"] = "top" } : null,
            },
        };
    }

    private static string Describe(IEnumerable<CurvePoint> curve, bool withSeries)
    {
        CurvePoint[] points = [.. curve.OrderBy(point => point.K)];
        string values = string.Join(", ", points.Select(point => $"{Words.R(point.Mean)} at {point.K}"));
        string series = withSeries ? $", {points[0].Series}" : "";
        return $"{Words.Direction(points[0].Direction)}{series}: mean r {values}.";
    }

    private static JsonObject Row(CurvePoint point) => new()
    {
        ["direction"] = Words.Direction(point.Direction),
        ["series"] = point.Series,
        ["k"] = point.K,
        ["mean"] = Plot.Number(point.Mean),
        ["sem"] = Plot.Number(point.StandardError),
        ["low"] = Plot.Number(point.Mean - point.StandardError),
        ["high"] = Plot.Number(point.Mean + point.StandardError),
    };
}
