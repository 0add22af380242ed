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
    /// Added to the scores, broadcast to [B, H, N, M]; see <see cref="AttentionBias"/>.
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
}
