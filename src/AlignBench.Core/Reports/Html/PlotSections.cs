using System.Text.Json.Nodes;
using AlignBench.Reports.Plots;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>A section for each kind of plot: its specifications, which Vega-Embed draws when the page opens.</summary>
internal static class PlotSections
{
    public static IEnumerable<ReportSection> Of(RunFolder run) => PlotKind.All.Select(kind => Of(kind, run));

    public static ReportSection Of(PlotKind kind, RunFolder run)
    {
        if (kind.MissingTable(run) is { } missing)
        {
            return new ReportSection(kind.Id, kind.Heading, Markup.Empty, $"the run has no {missing}");
        }

        IReadOnlyList<Plot> plots = kind.Plots(run);
        return plots.Count == 0
            ? new ReportSection(kind.Id, kind.Heading, Markup.Empty, $"no such rows in {string.Join(", ", kind.Tables)}")
            : Of(kind.Id, kind.Heading, kind.Explanation, plots, kind.More);
    }

    public static ReportSection Of(string id, string heading, string explanation, IReadOnlyList<Plot> plots,
        (string Summary, string Explanation) more = default) =>
        new(id, heading, Markup.Of($"""
            <p>{explanation}</p>
            {Grid([.. plots.Where(plot => plot.IsMain)])}
            {More([.. plots.Where(plot => !plot.IsMain)], more)}
            """));

    private static Markup Grid(IReadOnlyList<Plot> plots) => Markup.Of($"""
        <div class="plots">
        {Markup.Join(plots.Select(Figure))}
        </div>

        """);

    private static Markup More(IReadOnlyList<Plot> plots, (string Summary, string Explanation) words) => plots.Count == 0 ? Markup.Empty : Markup.Of($"""
        <details class="more"><summary>{words.Summary} (plots: {plots.Count})</summary>
        <p>{words.Explanation}</p>
        {Grid(plots)}</details>

        """);

    private static Markup Figure(Plot plot)
    {
        JsonObject spec = PlotSpec.Create(plot);
        return Markup.Of($"""
            <figure class="plot" id="{plot.Id}" aria-label="{plot.Title}">
            <figcaption>{plot.Title}</figcaption>
            <div class="drawing" data-plot="{plot.Id}"></div>
            <div class="printed" data-printed="{plot.Id}" aria-hidden="true"></div>
            <p class="alt">{plot.Description}</p>
            <p class="save" data-save="{plot.Id}"></p>
            <script type="application/json" data-spec="{plot.Id}">{Markup.Raw(spec.ToJsonString())}</script>
            </figure>

            """);
    }
}
