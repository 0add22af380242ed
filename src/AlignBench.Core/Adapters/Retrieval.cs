using AlignBench.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters;

/// <summary>How often the partner is among the best.</summary>
public static class Retrieval
{
    // Others count as better if their cosine is higher by more than this.
    private const double Margin = 1e-9;
    private const int Block = 512;

    /// <summary>Recall@k: the share of queries whose partner has fewer than k better ones beside it.</summary>
    /// <param name="queries">[n, e], rows of unit length.</param>
    /// <param name="gallery">[n, e], row i the partner of query i.</param>
    /// <param name="ks">Each 1 or more.</param>
    /// <returns>One share a k.</returns>
    public static double[] Recall(FeatureMatrix queries, FeatureMatrix gallery, int[] ks)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentNullException.ThrowIfNull(ks);
        FeatureMatrix.ThrowIfNotPaired(queries, gallery);
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor q = tensor(queries.Values, [queries.Rows, queries.Columns]);
        Tensor g = tensor(gallery.Values, [gallery.Rows, gallery.Columns]);
        Tensor own = (q * g).sum(1, keepdim: true);                         // [n, 1]
        double[] found = new double[ks.Length];
        for (int start = 0; start < queries.Rows; start += Block)
        {
            using DisposeScope inner = NewDisposeScope();
            int rows = Math.Min(Block, queries.Rows - start);
            Tensor better = q.narrow(0, start, rows).matmul(g.t()).gt(own.narrow(0, start, rows) + Margin);
            foreach (long count in better.sum(1).data<long>())
            {
                for (int i = 0; i < ks.Length; i++)
                {
                    found[i] += count < ks[i] ? 1 : 0;
                }
            }
        }

        return [.. found.Select(count => count / queries.Rows)];
    }
}
