using System.Globalization;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>What was compared, what the score means and what came out, for a reader of the abstract alone.</summary>
internal static class SummarySection
{
    private const string Heading = "In short";
    private const double Significant = 0.05;

    public static ReportSection Of(RunFolder run)
    {
        IReadOnlyList<PairRow> pairs = PairRow.Of(run);
        IReadOnlyList<ContrastRow> contrasts = ContrastRow.Of(run);
        return pairs.Count == 0 && contrasts.Count == 0
            ? new ReportSection("summary", Heading, Markup.Empty, "the run has neither predictivity.csv nor ttests.csv")
            : new ReportSection("summary", Heading, Markup.Of($"""
                {Compared(pairs)}
                {(pairs.Count > 0 ? Meaning() : Markup.Empty)}
                {Findings(run, contrasts)}
                {Paper(contrasts)}
                """));
    }

    private static Markup Compared(IReadOnlyList<PairRow> pairs)
    {
        string[] vision = [.. pairs.Select(pair => pair.Vision).Distinct()];
        string[] language = [.. pairs.Select(pair => pair.Language).Distinct()];
        long[] units = [.. pairs.Select(pair => pair.N).Distinct().Order()];
        return pairs.Count == 0 ? Markup.Empty : Markup.Of($"""
            <p><strong>What was compared.</strong> {Count(vision.Length, "vision model")} ({string.Join(", ", vision)}) with
            {Count(language.Length, "language model")} ({string.Join(", ", language)}), all frozen as they were trained, each vision model with
            each language model: {Count(vision.Length * language.Length, "pair")}. Images went through the vision models and their captions through
            the language models, {(units.Length == 1 ? $"{units[0]}" : $"{units[0]} to {units[^1]}")} items an experiment.</p>
            """);
    }

    private static Markup Meaning() => Markup.Of($"""
        <p><strong>What predictivity means.</strong> If two models represent the same things alike, one model's numbers for an item tell
        something about the other's. A straight-line rule (ridge regression) learns on most of the items to predict the one model's numbers from the
        other's, and is then tried on items that it has not seen. Predictivity is the correlation r between prediction and truth, averaged over
        all numbers and over several tries: 0 is no better than guessing, 1 would be perfect. It is measured from language to vision and from vision to
        language. Error bars and tests treat each pair of models as one observation.</p>
        """);

    private static Markup Findings(RunFolder run, IReadOnlyList<ContrastRow> contrasts)
    {
        HashSet<string> curves = [.. CurvePoint.Of(run).Select(point => point.Experiment)];
        IEnumerable<Markup> findings = contrasts
            .GroupBy(row => ExperimentVariants.NameInConfig(row.Experiment, row.Folding))
            .Select(rows => Finding(run, [.. rows], curves));
        return contrasts.Count == 0 ? Markup.Empty : Markup.Of($"""
            <p><strong>What came out.</strong></p>
            <dl class="findings">{Markup.Join(findings)}</dl>
            """);
    }

    // The rows of one experiment: the first variant in full, a line for each other.
    private static Markup Finding(RunFolder run, ContrastRow[] rows, HashSet<string> curves)
    {
        ExperimentWords words = ExperimentWords.Of(run, rows[0].Experiment, rows[0].Folding);
        ContrastRow[] first = [.. rows.Where(row => row.Folding == rows[0].Folding)];
        IEnumerable<IGrouping<string, ContrastRow>> others = rows.Except(first).GroupBy(row => row.Folding);
        return Markup.Of($"""
            <div><dt>{words.Title} <span class="verdict">{Verdict(first)}</span></dt>
            <dd>{words.Question}
            <ul>{Markup.Join(first.Select(row => Line(row, curves.Contains(row.Experiment))))}
            {Markup.Join(others.Select(Other))}</ul></dd></div>
            """);
    }

    private static Markup Other(IGrouping<string, ContrastRow> rows)
    {
        string tests = string.Join("; ", rows.Select(row => $"{Words.Direction(row.Direction)} {row.Test}"));
        string folds = rows.Key == "grouped"
            ? "items that share a prompt, image or caption kept together (grouped folds)"
            : $"{Words.Name(rows.Key)} folds";
        return Markup.Of($"<li>With {folds}: {Verdict([.. rows])} ({tests}).</li>");
    }

    private static string Verdict(ContrastRow[] rows)
    {
        int up = rows.Count(row => row.P < Significant && row.Difference > 0);
        int down = rows.Count(row => row.P < Significant && row.Difference < 0);
        return up == rows.Length ? "yes, in both directions"
            : down == rows.Length ? "no: the other way round, in both directions"
            : up > 0 && down == 0 ? "in one direction only"
            : up == 0 && down == 0 ? "no clear difference"
            : "mixed";
    }

    private static Markup Line(ContrastRow row, bool isCurve)
    {
        string means = isCurve
            ? $"mean r goes from {Words.R(row.MeanB)} with {row.B} to {Words.R(row.MeanA)} with {row.A}"
            : $"mean r is {Words.R(row.MeanA)} for {Words.Name(row.A)} and {Words.R(row.MeanB)} for {Words.Name(row.B)}";
        string pairs = row.PairCount == 0 ? "" : $"; higher in {row.PairsWithHigherA} of {row.PairCount} pairs";
        string paper = row.PublishedT is double t ? $" The paper reports t = {Words.T(t)}." : "";
        return Markup.Of($"<li><b>{Words.Direction(row.Direction)}:</b> {means}{pairs}, {row.Test}.{paper}</li>");
    }

    private static Markup Paper(IReadOnlyList<ContrastRow> contrasts)
    {
        IReadOnlySet<(string, string)> main =
            ExperimentVariants.Main(contrasts.Select(row => (row.Experiment, row.Folding)));
        ContrastRow[] published =
            [.. contrasts.Where(row => row.PublishedT is not null && main.Contains((row.Experiment, row.Folding)))];
        int same = published.Count(row => Math.Sign(row.PublishedT!.Value) == Math.Sign(row.T));
        return published.Length == 0 ? Markup.Empty : Markup.Of($"""
            <p><strong>Beside the paper.</strong> {same} of the {published.Length} differences that the paper reports have the same sign here.
            Sizes can be compared only between runs on the same models and data.</p>
            """);
    }

    private static string Count(int count, string what) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";
}
