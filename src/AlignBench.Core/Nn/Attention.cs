using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>Scaled dot-product attention (Vaswani et al. 2017, arXiv:1706.03762).</summary>
public static class Attention
{
    /// <summary>
    /// softmax(scale · q kᵀ + bias) v. Query head j uses key and value head j·K/H (grouped queries).
    /// </summary>
    /// <param name="q">[B, H, N, C].</param>
    /// <param name="k">[B, K, M, C], K a divisor of H.</param>
    /// <param name="v">[B, K, M, C].</param>
    /// <param name="scale">Usually 1/sqrt(C).</param>
    /// <param name="bias">
    /// Added to the scores, broadcast to [B, H, N, M]; see <see cref="AttentionPattern"/>.
    /// </param>
    /// <returns>[B, N, H·C].</returns>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v, double scale, Tensor? bias = null)
    {
        long group = q.shape[1] / k.shape[1];
        if (group > 1)
        {
            k = k.repeat_interleave(group, dim: 1);
            v = v.repeat_interleave(group, dim: 1);
        }

        Tensor scores = q.matmul(k.transpose(-2, -1)).mul_(scale);    // [B, H, N, M]
        if (bias is not null)
        {
            scores.add_(bias);
        }

        Tensor context = scores.softmax(-1).matmul(v);                // [B, H, N, C]
        return context.transpose(1, 2).reshape(q.shape[0], q.shape[2], q.shape[1] * q.shape[3]);
    }

    /// <summary>
    /// The same for texts that are packed into one row: each attends to itself alone. Texts of one length
    /// that stand together go through at once, each as its own product, so that none depends on the others.
    /// </summary>
    /// <param name="q">[1, H, T, C].</param>
    /// <param name="k">[1, K, T, C].</param>
    /// <param name="v">[1, K, T, C].</param>
    /// <param name="scale">Usually 1/sqrt(C).</param>
    /// <param name="pattern">Has a <see cref="AttentionPattern.Packing"/>.</param>
    /// <returns>[1, T, H·C]; filler rows are 0.</returns>
    public static Tensor AttendPacked(Tensor q, Tensor k, Tensor v, double scale, AttentionPattern pattern)
    {
        Packing packing = pattern.Packing
            ?? throw new ArgumentException("expected packed texts", nameof(pattern));
        long width = q.shape[1] * q.shape[3];
        Tensor contexts = zeros([1, packing.Rows, width], ScalarType.Float32, q.device);
        foreach (PackedRun run in packing.Runs)
        {
            Tensor? bias = pattern.BiasOf(run.Length, q.device);
            Tensor context = Attend(TextsOf(q, run), TextsOf(k, run), TextsOf(v, run), scale, bias);
            contexts.narrow(1, run.FirstRow, run.Rows).copy_(context.reshape(1, run.Rows, width));
        }

        return contexts;
    }

    // Contiguous, so that a text's product is laid out alike with and without neighbours of its length.
    /// <summary>[1, H, T, C] -> [texts, H, length, C].</summary>
    private static Tensor TextsOf(Tensor heads, PackedRun run) => heads
        .narrow(2, run.FirstRow, run.Rows)
        .reshape(heads.shape[1], run.Texts, run.Length, heads.shape[3])
        .transpose(0, 1)
        .contiguous();
}
