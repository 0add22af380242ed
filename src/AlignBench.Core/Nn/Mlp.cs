using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>What stands between two layers of a feed-forward part: [B, N, D] -> [B, N, D].</summary>
public interface IFeedForward
{
    Tensor Forward(Tensor x);
}

/// <summary>down(act(up(x))).</summary>
public sealed class Mlp(Linear up, Func<Tensor, Tensor> activation, Linear down) : IFeedForward
{
    /// <summary>[..., D] -> [..., D].</summary>
    public Tensor Forward(Tensor x) => down.Forward(activation(up.Forward(x)));
}

/// <summary>down(act(gate(x)) · up(x)) (Shazeer 2020, arXiv:2002.05202); SwiGLU with SiLU.</summary>
/// <param name="gateAndUp">Both in one: outputs [2H], the gate first.</param>
/// <param name="activation">Of the gate.</param>
/// <param name="down">H -> D.</param>
public sealed class GatedMlp(Linear gateAndUp, Func<Tensor, Tensor> activation, Linear down) : IFeedForward
{
    /// <summary>[..., D] -> [..., D].</summary>
    public Tensor Forward(Tensor x)
    {
        Tensor both = gateAndUp.Forward(x);                            // [..., 2H]
        long hidden = both.shape[^1] / 2;
        Tensor gate = activation(both.narrow(-1, 0, hidden));
        return down.Forward(gate.mul(both.narrow(-1, hidden, hidden)));
    }
}
