using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>What adapters were trained, what mutual-kNN means and what came out, for a reader of the abstract alone.</summary>
internal static class AdapterSummarySection
{
    public static ReportSection Of(RunFolder run)
    {
        AlignmentRow[] after = [.. AlignmentRow.Of(run).Where(row => row.When == "after")];
        string rows = after.Any(row => row.Rows == "validation") ? "validation" : after.FirstOrDefault()?.Rows ?? "";
        IEnumerable<IGrouping<string, AlignmentRow>> adapters =
            AlignmentRow.Of(run).Where(row => row.Rows == rows && row.Adapter != AlignmentRow.Frozen).GroupBy(row => row.Adapter);
        return new ReportSection("summary", "In short", Markup.Of($"""
            <p><strong>What was done.</strong> Two models or more, frozen as they were trained, turn images and captions into features. Small adapters learn
            to bring the features of what belongs together near to each other (a contrastive loss). The question is whether that also brings them
            nearer to a third model, the reference, which no adapter has seen.</p>
            <p><strong>What mutual-kNN means.</strong> Take an item's nearest neighbours among the others in one space, and in the reference's:
            mutual-kNN is the share that both have. 0 means no neighbour in common, 1 the same neighbourhoods.</p>
            <p><strong>What came out</strong> (on {Words.Name(rows)} rows; <i>both</i> is a weighted sum of the image's and the text's embedding).</p>
            <dl class="findings">{Markup.Join(adapters.Select(Finding))}</dl>
            """));
    }

    private static Markup Finding(IGrouping<string, AlignmentRow> adapter)
    {
        AlignmentRow[] before = [.. adapter.Where(row => row.When == "before")];
        AlignmentRow[] after = [.. adapter.Where(row => row.When == "after")];
        string changes = string.Join("; ", new (string Name, Func<AlignmentRow, double?> Score)[]
        {
            ("image", row => row.Image), ("text", row => row.Text), ("both", row => row.Both),
        }.Select(score => $"{score.Name} {Mean(before, score.Score)} → {Mean(after, score.Score)}"));
        return Markup.Of($"""
            <div><dt>{adapter.Key} <span class="verdict">{Verdict(after)}</span></dt>
            <dd><ul><li>Mutual-kNN with the reference, before → after training: {changes}.</li>
            <li>H1, both above the mean of image and text: {Count(before, row => row.H1)} before, {Count(after, row => row.H1)} after training.
            H2, both above the better one: {Count(before, row => row.H2)} before, {Count(after, row => row.H2)} after.</li></ul></dd></div>
            """);
    }

    private static string Verdict(AlignmentRow[] rows) =>
        rows.All(row => row.H2 == true) ? "H1 and H2 hold after training"
        : rows.All(row => row.H1 == true) ? "H1 holds after training, H2 does not"
        : "H1 does not hold after training";

    private static string Mean(AlignmentRow[] rows, Func<AlignmentRow, double?> score) =>
        rows.Select(score).Average() is double mean ? Words.R(mean) : "-";

    private static string Count(AlignmentRow[] rows, Func<AlignmentRow, bool?> holds)
    {
        int count = rows.Count(row => holds(row) == true);
        return rows.Length == 1 ? (count == 1 ? "yes" : "no") : $"in {count} of {rows.Length} seeds";
    }
}
