using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Each token goes through the few experts whose router scores are highest, their outputs weighted by the
/// softmax of those scores (Jiang et al. 2024, arXiv:2401.04088).
/// </summary>
/// <param name="router">D -> experts.</param>
/// <param name="experts">All of them.</param>
/// <param name="active">Experts per token.</param>
public sealed class MixtureOfExperts(Linear router, IReadOnlyList<IFeedForward> experts, int active)
    : IFeedForward
{
    /// <summary>
    /// Tokens that go through an expert at a time: always as many, since products of fewer rows may round
    /// otherwise, and how many an expert gets depends on the other texts of the batch.
    /// </summary>
    private const long Rows = 64;

    /// <summary>[B, N, D] -> [B, N, D].</summary>
    public Tensor Forward(Tensor x)
    {
        Tensor tokens = x.reshape(-1, x.shape[^1]);                                       // [T, D]
        (Tensor scores, Tensor chosen) = router.Forward(tokens).softmax(-1).topk(active); // [T, active] each
        scores = scores / scores.sum(-1, keepdim: true);
        Tensor result = zeros_like(tokens);
        for (int expert = 0; expert < experts.Count; expert++)
        {
            // [T], 0 if not chosen
            Tensor weight = (scores * chosen.eq(expert).to(ScalarType.Float32)).sum(-1);
            Tensor members = weight.nonzero().squeeze(-1);
            for (long start = 0; start < members.shape[0]; start += Rows)
            {
                Tensor some = members.narrow(0, start, Math.Min(Rows, members.shape[0] - start));
                Tensor output = Through(experts[expert], tokens, some);
                result.index_add_(0, some, output * weight.index_select(0, some).unsqueeze(-1), 1);
            }
        }

        return result.reshape(x.shape);
    }

    /// <summary>[T, D] -> [members, D]. The expert gets <see cref="Rows"/> tokens, some of them
    /// twice.</summary>
    private static Tensor Through(IFeedForward expert, Tensor tokens, Tensor members)
    {
        long count = members.shape[0];
        Tensor filled = count == Rows
            ? members
            : cat([members, members.narrow(0, 0, 1).expand(Rows - count)]);
        return expert.Forward(tokens.index_select(0, filled)).narrow(0, 0, count);
    }
}
