using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Nn.Positions;

/// <summary>
/// A learned number for every head and bucket of distance, added to the attention scores (T5, MPNet).
/// </summary>
/// <param name="weights">Has <c>weight</c> [buckets, H].</param>
/// <param name="buckets">How many there are.</param>
/// <param name="heads">H.</param>
/// <param name="farthest">From this distance on all is one bucket.</param>
public sealed class RelativeBias(WeightReader weights, int buckets, int heads, int farthest)
{
    private readonly Tensor _table = weights.Read("weight", buckets, heads);

    /// <summary>
    /// [H, 2·longest - 1]: the number for a key minus its query of -(longest - 1) to longest - 1.
    /// </summary>
    public float[] ByDistance(int longest)
    {
        float[] table = _table.data<float>().ToArray();                       // [buckets, H]
        int distances = (2 * longest) - 1;
        float[] result = new float[heads * distances];
        for (int i = 0; i < distances; i++)
        {
            long bucket = RelativeBuckets.Of(i - longest + 1, buckets, farthest);
            for (int head = 0; head < heads; head++)
            {
                result[(head * distances) + i] = table[(bucket * heads) + head];
            }
        }

        return result;
    }

    /// <summary>[1, H, N, N].</summary>
    public Tensor For(long length)
    {
        Tensor bucket = tensor(RelativeBuckets.Table((int)length, buckets, farthest), device: _table.device);
        return _table.index_select(0, bucket).reshape(length, length, heads).permute(2, 0, 1).unsqueeze(0);
    }
}
