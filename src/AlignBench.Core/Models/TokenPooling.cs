using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>[B, N, D] -> [B, D].</summary>
internal static class TokenPooling
{
    /// <summary>torch.nn.functional.normalize's floor of a length.</summary>
    private const double ShortestLength = 1e-12;

    /// <summary>The mean over the tokens whose mask is 1; over all without one.</summary>
    public static Tensor Mean(Tensor tokens, Tensor? mask)
    {
        if (mask is null)
        {
            return tokens.mean([1]);
        }

        Tensor weights = mask.to(ScalarType.Float32).unsqueeze(-1);              // [B, N, 1]
        return (tokens * weights).sum(1) / weights.sum(1);
    }

    /// <summary>The last token whose mask is 1.</summary>
    public static Tensor Last(Tensor tokens, Tensor? mask)
    {
        if (mask is null)
        {
            return tokens.select(1, tokens.shape[1] - 1);
        }

        Tensor positions = arange(mask.shape[1], ScalarType.Int64, mask.device);
        return At(tokens, (mask * positions).argmax(1));
    }

    /// <summary>Token <paramref name="index"/>[b] of row b.</summary>
    /// <param name="tokens">[B, N, D].</param>
    /// <param name="index">[B] int64.</param>
    public static Tensor At(Tensor tokens, Tensor index)
    {
        Tensor everywhere = index.reshape(-1, 1, 1).expand(tokens.shape[0], 1, tokens.shape[2]);
        return tokens.gather(1, everywhere).squeeze(1);
    }

    /// <summary>Rows divided by their 2-norm.</summary>
    public static Tensor UnitLength(Tensor rows)
    {
        Tensor length = rows.mul(rows).sum(-1, keepdim: true).sqrt().clamp_min(ShortestLength);
        return rows / length;
    }
}
