using System.Globalization;
using AlignBench.Data;
using AlignBench.Inspection;

namespace AlignBench.Cli.Display;

/// <summary>What <c>alignbench inspect</c> prints: plain text of at most 80 columns, but for names and messages.</summary>
internal static class InspectionText
{
    private const int MostBins = 12;
    private const int MostNamed = 10;
    private const int BarWidth = 50;

    public static IEnumerable<string> Lines(DatasetFacts facts)
    {
        yield return facts.Name;
        (string What, long Count)[] counts = [.. InspectionTables.Counts(facts)];
        int width = counts.Max(count => Words(count.What).Length);
        foreach ((string what, long count) in counts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {Words(what).PadRight(width)}  {count,15:N0}");
        }

        foreach ((string what, Tally tally) in InspectionTables.Histograms(facts))
        {
            foreach (string line in Histogram(Words(what), tally))
            {
                yield return line;
            }
        }

        foreach (string line in Listed(
            "duplicates", facts.Duplicates, duplicate => $"{duplicate.Kind} {duplicate.Id} is {duplicate.SameAs}")
            .Concat(Listed(
                "broken images", facts.Images?.Broken ?? [], broken => $"{broken.Image.Source}: {broken.Reason}"))
            .Concat(Reasons(facts.Skipped))
            .Concat(Listed("skipped", facts.Skipped, skipped => $"{skipped.Source}: {skipped.Reason}")))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Histogram(string title, Tally tally)
    {
        if (tally.Count == 0)
        {
            yield break;
        }

        yield return "";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: min {tally.Min:N0}, median {tally.Median:#,0.#}, mean {tally.Mean:#,0.0}, max {tally.Max:N0}");
        IReadOnlyList<(long First, long Last, long Count)> bins = tally.Bins(MostBins);
        if (bins.Count == 1)
        {
            yield break;                                    // the line above says it all
        }

        long most = bins.Max(bin => bin.Count);
        foreach ((long first, long last, long count) in bins)
        {
            string range = first == last
                ? string.Create(CultureInfo.InvariantCulture, $"{first}")
                : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
            string bar = new('#', (int)Math.Ceiling((double)count * BarWidth / most));
            yield return string.Create(CultureInfo.InvariantCulture, $"  {range,13} {bar,-BarWidth} {count,11:N0}");
        }
    }

    private static IEnumerable<string> Reasons(IReadOnlyList<SkippedRow> skipped)
    {
        IGrouping<string, SkippedRow>[] reasons =
            [.. skipped.GroupBy(row => row.Reason).OrderByDescending(reason => reason.Count())];
        return reasons.Length is 0 or > MostNamed
            ? []
            : ["", "skipped, by reason:", .. reasons.Select(reason => $"  {reason.Count(),7}  {reason.Key}")];
    }

    private static IEnumerable<string> Listed<T>(string title, IEnumerable<T> all, Func<T, string> describe)
    {
        T[] items = [.. all];
        if (items.Length == 0)
        {
            return [];
        }

        string[] more = items.Length > MostNamed ? [$"  and {items.Length - MostNamed} more (--csv lists all)"] : [];
        return ["", $"{title}:", .. items.Take(MostNamed).Select(item => $"  {describe(item)}"), .. more];
    }

    private static string Words(string name) => name.Replace('_', ' ');
}
