using System.Globalization;
using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Features;
using AlignBench.Statistics.Generators;

namespace AlignBench.Experiments.Measures;

/// <summary>
/// The conditions of an averaging experiment: the first k of an item's captions (or images), and two controls: every
/// other choice of k of them, and k unrelated ones.
/// </summary>
/// <param name="units">[n].</param>
/// <param name="ofCaptions">Whether captions are averaged, or images.</param>
/// <param name="upTo">K.</param>
/// <param name="seed">Of orders and unrelated units.</param>
internal sealed class Averages(Item[] units, bool ofCaptions, int upTo, uint seed)
{
    /// <summary>Subsets of size k other than, and including, the first k.</summary>
    public const string SubsetSeries = "subset";

    /// <summary>An item's first caption (image) with k − 1 of as many other items.</summary>
    public const string UnrelatedSeries = "unrelated";

    private const string All = "all";
    private readonly string[] _groups = [.. units.Select(item => item.Group)];
    private readonly string[][] _single = Take(units, [0]);
    private readonly string[][][] _first =
        [.. Enumerable.Range(1, upTo).Select(k => Take(units, [.. Enumerable.Range(0, k)]))];

    /// <summary>The first k, k = 1 … K.</summary>
    public Condition First(int k) => Of(k.ToString(CultureInfo.InvariantCulture), _first[k - 1]);

    /// <summary>
    /// Subsets of size k, the same places in every item; a subset's weight is the number of orders that it is the head of.
    /// </summary>
    /// <param name="k">1 … K.</param>
    /// <param name="choice"><c>all</c> subsets, or the heads of that many random orders of the K places.</param>
    public IEnumerable<Condition> Subsets(int k, string choice)
    {
        int[][] heads = choice == All
            ? [.. Combinations(upTo, k)]
            : [.. Orders(int.Parse(choice, CultureInfo.InvariantCulture)).Select(order => order[..k].Order().ToArray())];
        return
            from head in heads
            group head by string.Join(',', head.Select(place => place + 1)) into same
            let places = same.First()
            let entries = places[^1] == k - 1 ? _first[k - 1] : Take(units, places)
            select Of(same.Key, entries) with { Series = SubsetSeries, Weight = same.Count() };
    }

    /// <summary>
    /// k captions (images) that have nothing to do with each other: the item's own first one, and the first ones of the
    /// next k − 1 items in a random circle of all. What rises here with k comes from averaging alone.
    /// </summary>
    public Condition Unrelated(int k)
    {
        int[] circle = new NumPyRandom(seed).Permutation(units.Length);
        int[] place = new int[circle.Length];
        for (int i = 0; i < circle.Length; i++)
        {
            place[circle[i]] = i;
        }

        string[][] entries =
        [
            .. units.Select((_, unit) => (string[])
            [
                .. Enumerable.Range(0, k).Select(step =>
                    DatasetExtraction.Entry(units[circle[(place[unit] + step) % circle.Length]], 0)),
            ]),
        ];
        return Of(k.ToString(CultureInfo.InvariantCulture), k == 1 ? _single : entries) with { Series = UnrelatedSeries };
    }

    /// <summary>How many captions or images a condition of a curve averages.</summary>
    public static int Count(Condition condition) => Math.Max(condition.ImagesAveraged, condition.CaptionsAveraged);

    /// <summary>Whether a config's <c>subsets</c> is one of ours: all, or a number of orders.</summary>
    public static bool IsChoice(string choice) =>
        choice == All
        || (int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out int orders) && orders > 0);

    /// <summary>[n] units, the entries at the same places of each.</summary>
    internal static string[][] Take(Item[] units, int[] places) =>
        [.. units.Select(item => (string[])[.. places.Select(place => DatasetExtraction.Entry(item, place))])];

    private Condition Of(string name, string[][] entries) => ofCaptions
        ? new Condition(name, _single, entries, _groups)
        : new Condition(name, entries, _single, _groups);

    private IEnumerable<int[]> Orders(int count)
    {
        NumPyRandom random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Permutation(upTo))];
    }

    private static IEnumerable<int[]> Combinations(int n, int k) =>
        from bits in Enumerable.Range(0, 1 << n)
        where int.PopCount(bits) == k
        select Enumerable.Range(0, n).Where(place => (bits >> place & 1) == 1).ToArray();
}
