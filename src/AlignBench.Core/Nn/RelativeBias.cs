using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// A learned number for every head and bucket of distance, added to the attention scores (T5, MPNet).
/// </summary>
/// <param name="weights">Has <c>weight</c> [buckets, H].</param>
/// <param name="buckets">How many there are.</param>
/// <param name="heads">H.</param>
/// <param name="longest">From this distance on all is one bucket.</param>
public sealed class RelativeBias(WeightReader weights, int buckets, int heads, int longest)
{
    private readonly Tensor _table = weights.Read("weight", buckets, heads);

    /// <summary>[1, H, N, N].</summary>
    public Tensor For(long length)
    {
        Tensor bucket = tensor(RelativeBuckets.Table((int)length, buckets, longest), device: _table.device);
        return _table.index_select(0, bucket).reshape(length, length, heads).permute(2, 0, 1).unsqueeze(0);
    }
}
