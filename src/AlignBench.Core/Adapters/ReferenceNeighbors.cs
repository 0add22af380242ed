using AlignBench.Features;
using AlignBench.Similarity;
using AlignBench.Similarity.Neighbors;

namespace AlignBench.Adapters;

/// <summary>The reference's neighbourhoods among the rows of a set, and how many of them another space shares.</summary>
public sealed class ReferenceNeighbors
{
    private readonly NeighborLists _reference;
    private readonly SimilarityKind _kind;

    /// <param name="rows">The set.</param>
    /// <param name="reference">[all items, d].</param>
    /// <param name="k">The most neighbours that will be asked for, below the number of rows.</param>
    /// <param name="kind">What makes neighbours near, here and in the other space.</param>
    public ReferenceNeighbors(RowSet rows, FeatureMatrix reference, int k, SimilarityKind kind)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(reference);
        Rows = rows;
        _kind = kind;
        _reference = NearestNeighbors.Find(reference.SelectRows(rows.Items), k, kind);
    }

    public RowSet Rows { get; }

    /// <summary>The neighbours of another space of the same items.</summary>
    /// <param name="x">[n, e].</param>
    public NeighborLists Of(FeatureMatrix x) => NearestNeighbors.Find(x, _reference.K, _kind);

    /// <summary>[n], for each item how many of its k nearest neighbours are among the reference's.</summary>
    public int[] Shared(NeighborLists lists, int k) => MutualKnn.SharedByItem(_reference, lists, k);

    /// <summary>Mutual-kNN with the reference: the mean of shared / k.</summary>
    public double Score(FeatureMatrix x, int k) => Mean(Shared(Of(x), k), k);

    /// <summary>Between 0 and 1.</summary>
    public static double Mean(int[] shared, int k)
    {
        ArgumentNullException.ThrowIfNull(shared);
        return shared.Sum(count => (long)count) / ((double)shared.Length * k);
    }
}
