using static TorchSharp.torch;

namespace AlignBench.Nn.Positions;

/// <summary>
/// Attention with linear biases (Press et al. 2022, arXiv:2108.12409), in BLOOM's form: one row per key.
/// </summary>
public static class Alibi
{
    /// <summary>
    /// One slope per head: powers of 2^(-8/p) for the largest power of two p ≤ heads, then odd powers of
    /// 2^(-4/p).
    /// </summary>
    public static float[] Slopes(int heads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        int power = 1 << (int)Math.Log2(heads);
        float first = (float)Math.Pow(2, -8.0 / power);
        float between = (float)Math.Pow(2, -4.0 / power);
        return
        [
            .. Enumerable.Range(1, power).Select(i => (float)Math.Pow(first, i)),
            .. Enumerable.Range(0, heads - power).Select(i => (float)Math.Pow(between, (2 * i) + 1)),
        ];
    }

    /// <summary>
    /// slope · position, a key's position being its number among the real tokens (0 for padding).
    /// </summary>
    /// <param name="slopes">[H].</param>
    /// <param name="mask">[B, N] int64, 1 for real tokens; null: all are.</param>
    /// <param name="length">N.</param>
    /// <param name="device">Where the result is made.</param>
    /// <returns>[B or 1, H, 1, N].</returns>
    public static Tensor Bias(IReadOnlyList<float> slopes, Tensor? mask, long length, Device device)
    {
        Tensor positions = mask is null
            ? arange(length, ScalarType.Int64, device).unsqueeze(0)
            : mask.cumsum(1).sub(1).mul(mask);                                 // [B or 1, N]
        Tensor factors = tensor([.. slopes], [1, slopes.Count, 1, 1], device: device);
        return factors * positions.to(ScalarType.Float32).unsqueeze(1).unsqueeze(1);
    }
}
