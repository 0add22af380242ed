namespace AlignBench.Similarity.Neighbors;

/// <summary>The k nearest neighbours of each of n rows, nearest first, equally near ones by ascending index.</summary>
public sealed class NeighborLists
{
    private readonly int[] _indices;                         // [n, k]
    private readonly double[] _similarities;                 // [n, k]

    internal NeighborLists(int rows, int k, int[] indices, double[] similarities, double chance)
    {
        Rows = rows;
        K = k;
        _indices = indices;
        _similarities = similarities;
        Chance = chance;
    }

    /// <summary>n.</summary>
    public int Rows { get; }

    public int K { get; }

    /// <summary>
    /// Mean over rows of k / (rows that may be neighbours): the mutual-kNN score expected of unrelated spaces.
    /// </summary>
    public double Chance { get; }

    /// <summary>[k], row <paramref name="i"/>'s neighbours.</summary>
    public ReadOnlySpan<int> Of(int i) => _indices.AsSpan(i * K, K);

    /// <summary>[k], how near they are; see <see cref="SimilarityKind"/>.</summary>
    public ReadOnlySpan<double> SimilaritiesOf(int i) => _similarities.AsSpan(i * K, K);

    /// <summary>The first <paramref name="k"/> of each list.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not 1 ... K.</exception>
    public NeighborLists First(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, K);
        int[] indices = new int[Rows * k];
        double[] similarities = new double[Rows * k];
        for (int i = 0; i < Rows; i++)
        {
            Of(i)[..k].CopyTo(indices.AsSpan(i * k));
            SimilaritiesOf(i)[..k].CopyTo(similarities.AsSpan(i * k));
        }

        return new NeighborLists(Rows, k, indices, similarities, Chance * k / K);
    }

    /// <exception cref="ArgumentException">The row counts or the ks differ.</exception>
    internal static void ThrowIfNotPaired(NeighborLists a, NeighborLists b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Rows != b.Rows || a.K != b.K)
        {
            throw new ArgumentException($"lists must be paired: {a.Rows} x {a.K} against {b.Rows} x {b.K}");
        }
    }
}
