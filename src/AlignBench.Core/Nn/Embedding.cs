using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Rows of a table by their numbers. Block by block the table stays in its file, of which a batch needs few
/// rows: BLOOM's has 250,880.
/// </summary>
public sealed class Embedding(WeightReader weights, long rows, long width)
{
    private readonly Tensor? _table = weights.BlockByBlock ? null : weights.Read("weight", rows, width);
    private readonly StoredRowTable? _stored =
        weights.BlockByBlock ? weights.ReadRows("weight", rows, width) : null;

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

        Tensor found = _table is not null
            ? _table.index_select(0, ids.reshape(-1))
            : _stored!.Read(ids.data<long>().ToArray()).to(ids.device);
        return found.reshape(ids.shape[0], ids.shape[1], width);
    }
}
