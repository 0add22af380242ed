using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Retrievals;

/// <summary>Ranks of the relevant candidates of each query, in bounded memory.</summary>
public static class Retrieval
{
    private const int BlockRows = 128;
    private const int Places = 12;

    /// <summary>Ranks every query's candidates by similarity, higher first, then by ascending index.</summary>
    /// <param name="queries">[q, d].</param>
    /// <param name="candidates">[c, d].</param>
    /// <param name="relevant">[q]: the candidates that are right for each query, at least one each.</param>
    /// <param name="kind">Cosine (rounded to 12 places) or inner product.</param>
    /// <param name="tie">Similarities no further apart than this count as equal.</param>
    /// <exception cref="ArgumentException">Widths or counts do not match, or a query has no right candidate.</exception>
    public static RetrievalRanks Rank(
        FeatureMatrix queries,
        FeatureMatrix candidates,
        IReadOnlyList<int[]> relevant,
        SimilarityKind kind = SimilarityKind.Cosine,
        double tie = 0.0)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(relevant);
        if (queries.Columns != candidates.Columns || relevant.Count != queries.Rows || relevant.Any(own => own.Length == 0))
        {
            throw new ArgumentException(
                $"expected queries and candidates of one width, and a right candidate for each of {queries.Rows} queries");
        }

        bool isCosine = kind switch
        {
            SimilarityKind.Cosine => true,
            SimilarityKind.InnerProduct => false,
            _ => throw new ArgumentException("expected cosine or inner product", nameof(kind)),
        };
        FeatureMatrix a = isCosine ? RowTransforms.Unit(queries) : queries;
        FeatureMatrix b = isCosine ? RowTransforms.Unit(candidates) : candidates;
        QueryRanks[] ranks = new QueryRanks[queries.Rows];
        double[] products = new double[BlockRows * b.Rows];
        for (int first = 0; first < a.Rows; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, a.Rows - first);
            Blas.Multiply(
                rows, b.Rows, a.Columns, 1.0,
                new RowMajor(a.Values.AsSpan(first * a.Columns), a.Columns),
                new RowMajor(b.Values, b.Columns, isTransposed: true), 0.0, products);
            Parallel.For(0, rows, i =>
            {
                Span<double> similarities = products.AsSpan(i * b.Rows, b.Rows);
                if (isCosine)
                {
                    Round(similarities);
                }

                ranks[first + i] = QueryRanks.Of(similarities, relevant[first + i], tie);
            });
        }

        return new RetrievalRanks(ranks);
    }

    /// <summary>Which candidates have each query's owner, in ascending order.</summary>
    /// <param name="queryOwners">[q].</param>
    /// <param name="candidateOwners">[c].</param>
    public static int[][] OfSameOwner(ReadOnlySpan<int> queryOwners, ReadOnlySpan<int> candidateOwners)
    {
        Dictionary<int, List<int>> ofOwner = [];
        for (int i = 0; i < candidateOwners.Length; i++)
        {
            if (!ofOwner.TryGetValue(candidateOwners[i], out List<int>? own))
            {
                ofOwner.Add(candidateOwners[i], own = []);
            }

            own.Add(i);
        }

        int[][] relevant = new int[queryOwners.Length][];
        for (int i = 0; i < relevant.Length; i++)
        {
            relevant[i] = ofOwner.TryGetValue(queryOwners[i], out List<int>? own) ? [.. own] : [];
        }

        return relevant;
    }

    // Blocks of a product may round differently; equal directions shall tie.
    private static void Round(Span<double> similarities)
    {
        foreach (ref double value in similarities)
        {
            value = Math.Round(value, Places);
        }
    }
}
