using AlignBench.Adapters;
using AlignBench.Features;
using AlignBench.Similarity.Neighbors;

namespace AlignBench.Experiments.Adapters;

/// <summary>One row of <c>adapters_modalities.csv</c>, but for adapter, time and seed.</summary>
/// <param name="Rows">The set's name.</param>
/// <param name="A">A side, or <c>all</c>: the mean of all sides.</param>
/// <param name="B">Another side, or <c>reference</c>.</param>
/// <param name="MutualKnn">Of A with B.</param>
/// <param name="Chance">k / (n - 1).</param>
/// <param name="Recalls">Of the partners in B at 1, 5 and 10; null for the reference, whose space is another.</param>
internal sealed record ModalityScore(string Rows, string A, string B, double MutualKnn, double Chance, double[]? Recalls)
{
    public static IReadOnlyList<string> Columns { get; } =
        ["adapter", "rows", "when", "a", "b", "mutual_knn", "chance", "r1", "r5", "r10", "seed"];

    public object?[] Cells(string adapter, string when, long seed) =>
        [adapter, Rows, when, A, B, MutualKnn, Chance, Recalls?[0], Recalls?[1], Recalls?[2], seed];
}

/// <summary>Every side of a study of three or more with every other and with the reference, on the validation rows.</summary>
/// <param name="names">Of the sides.</param>
/// <param name="rows">The validation rows.</param>
/// <param name="reference">[all items, d].</param>
/// <param name="k">Neighbours an item.</param>
internal sealed class ModalityMeter(IReadOnlyList<string> names, RowSet rows, FeatureMatrix reference, int k)
{
    private const string All = "all";
    private const string Reference = "reference";

    /// <param name="sides">A side each: [n, e] in the shared space.</param>
    public IEnumerable<ModalityScore> Measure(IReadOnlyList<FeatureMatrix> sides)
    {
        (string Name, NeighborLists Lists)[] spaces =
        [
            .. names.Zip(sides, (name, side) => (name, NearestNeighbors.Find(side, k))), (All, NearestNeighbors.Find(Mean(sides), k)),
        ];
        NeighborLists target = NearestNeighbors.Find(reference.SelectRows(rows.Items), k);
        foreach ((string name, NeighborLists lists) in spaces)
        {
            yield return new ModalityScore(rows.Name, name, Reference, MutualKnn.Score(lists, target), target.Chance, null);
        }

        for (int a = 0; a < names.Count; a++)
        {
            for (int b = 0; b < names.Count; b++)
            {
                if (a != b)
                {
                    yield return new ModalityScore(
                        rows.Name, names[a], names[b], MutualKnn.Score(spaces[a].Lists, spaces[b].Lists), target.Chance,
                        PartnerRecall.Of(sides[a], sides[b]));
                }
            }
        }
    }

    // The sum's direction is the mean's; unit vectors if the loss compares those.
    private static FeatureMatrix Mean(IReadOnlyList<FeatureMatrix> sides)
    {
        double[] mean = new double[sides[0].Values.Length];
        foreach (FeatureMatrix side in sides)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += side.Values[i] / sides.Count;
            }
        }

        return new FeatureMatrix(sides[0].Rows, sides[0].Columns, mean);
    }
}
