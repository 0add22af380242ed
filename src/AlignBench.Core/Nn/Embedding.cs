using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>Rows of a table by their numbers.</summary>
public sealed class Embedding(WeightReader weights, long rows, long width)
{
    private readonly Tensor _table = weights.Read("weight", rows, width);

    /// <summary>[B, N] int64 -> [B, N, width].</summary>
    /// <exception cref="AlignBenchException">A number is not a row of the table.</exception>
    public Tensor Forward(Tensor ids)
    {
        using Tensor low = ids.min();
        using Tensor high = ids.max();
        if (low.item<long>() < 0 || high.item<long>() >= rows)
        {
            throw new AlignBenchException(
                $"token or position id {(low.item<long>() < 0 ? low : high).item<long>()} is outside the "
                + $"model's embedding table, which has rows 0 to {rows - 1}: "
                + "do tokenizer and weights belong together?");
        }

        return _table.index_select(0, ids.reshape(-1)).reshape(ids.shape[0], ids.shape[1], width);
    }
}
