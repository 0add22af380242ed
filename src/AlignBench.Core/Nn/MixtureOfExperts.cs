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
            if (members.shape[0] > 0)
            {
                Tensor output = experts[expert].Forward(tokens.index_select(0, members));
                result.index_add_(0, members, output * weight.index_select(0, members).unsqueeze(-1), 1);
            }
        }

        return result.reshape(x.shape);
    }
}
