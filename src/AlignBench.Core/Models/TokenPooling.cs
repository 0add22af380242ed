using AlignBench.Models.Language;
using AlignBench.Nn;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>
/// Tokens of a batch -> one vector an item. Without texts, and for padded ones, tokens are [B, N, D] and the
/// result is [B, D]. Packed texts are [1, T, D]; what is taken of single tokens is then [T, D], B rows of
/// texts and behind them filler, so that a product with it has the same size whatever B is.
/// </summary>
internal static class TokenPooling
{
    /// <summary>torch.nn.functional.normalize's floor of a length.</summary>
    private const double ShortestLength = 1e-12;

    /// <summary>The mean over an item's real tokens: [B, D].</summary>
    public static Tensor Mean(Tensor tokens, Texts? texts)
    {
        if (texts?.Packing is Packing packing)
        {
            return cat([.. packing.Runs.Select(run => MeanOf(tokens, run))], dim: 0);
        }

        if (texts?.Mask is not Tensor mask)
        {
            return tokens.mean([1]);
        }

        Tensor weights = mask.to(ScalarType.Float32).unsqueeze(-1);              // [B, N, 1]
        return (tokens * weights).sum(1) / weights.sum(1);
    }

    /// <summary>An item's first token, padding or not.</summary>
    public static Tensor First(Tensor tokens, Texts? texts) => texts?.Packing is Packing packing
        ? RowsOf(tokens, packing, [.. packing.Offsets.SkipLast(1)])
        : tokens.select(1, 0);

    /// <summary>An item's last real token.</summary>
    public static Tensor Last(Tensor tokens, Texts? texts)
    {
        if (texts?.Packing is Packing packing)
        {
            return RowsOf(tokens, packing, [.. packing.Offsets.Skip(1).Select(end => end - 1)]);
        }

        if (texts?.Mask is not Tensor mask)
        {
            return tokens.select(1, tokens.shape[1] - 1);
        }

        Tensor positions = arange(mask.shape[1], ScalarType.Int64, mask.device);
        return At(tokens, (mask * positions).argmax(1));
    }

    /// <summary>Token <paramref name="index"/>[b] of text b.</summary>
    public static Tensor At(Tensor tokens, Texts texts, int[] index) => texts.Packing is Packing packing
        ? RowsOf(tokens, packing, [.. index.Select((token, b) => packing.Offsets[b] + token)])
        : At(tokens, tensor([.. index.Select(token => (long)token)], device: tokens.device));

    /// <summary>Rows divided by their 2-norm.</summary>
    public static Tensor UnitLength(Tensor rows)
    {
        Tensor length = rows.mul(rows).sum(-1, keepdim: true).sqrt().clamp_min(ShortestLength);
        return rows / length;
    }

    private static Tensor At(Tensor tokens, Tensor index)
    {
        Tensor everywhere = index.reshape(-1, 1, 1).expand(tokens.shape[0], 1, tokens.shape[2]);
        return tokens.gather(1, everywhere).squeeze(1);
    }

    private static Tensor MeanOf(Tensor tokens, PackedRun run) => tokens
        .narrow(1, run.FirstRow, run.Rows)
        .reshape(run.Texts, run.Length, tokens.shape[2])
        .mean([1]);

    /// <summary>[1, T, D] -> [T, D]: the given rows, then filler.</summary>
    private static Tensor RowsOf(Tensor tokens, Packing packing, int[] rows)
    {
        long[] index = new long[packing.Rows];
        for (int i = 0; i < index.Length; i++)
        {
            index[i] = rows[Math.Min(i, rows.Length - 1)];
        }

        return tokens.select(0, 0).index_select(0, tensor(index, device: tokens.device));
    }
}
