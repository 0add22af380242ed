using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>What stands between two layers of a feed-forward part.</summary>
public interface IFeedForward
{
    /// <summary>[..., D] -> [..., D].</summary>
    /// <param name="x">[..., D].</param>
    /// <param name="residual">The same shape, added to the result; none.</param>
    Tensor Forward(Tensor x, Tensor? residual = null);
}

/// <summary>down(act(up(x))).</summary>
public sealed class Mlp(Linear up, Activation activation, Linear down) : IFeedForward
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor x, Tensor? residual = null) =>
        up.ForwardInto(down, activation, gated: false, x, residual)
        ?? down.Forward(activation.Forward(up.Forward(x)), residual);
}

/// <summary>down(act(gate(x)) · up(x)) (Shazeer 2020, arXiv:2002.05202); SwiGLU with SiLU.</summary>
/// <param name="gateAndUp">Both in one: outputs [2H], the gate first.</param>
/// <param name="activation">Of the gate.</param>
/// <param name="down">H -> D.</param>
public sealed class GatedMlp(Linear gateAndUp, Activation activation, Linear down) : IFeedForward
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor x, Tensor? residual = null)
    {
        if (gateAndUp.ForwardInto(down, activation, gated: true, x, residual) is Tensor y)
        {
            return y;
        }

        Tensor both = gateAndUp.Forward(x);                            // [..., 2H]
        long hidden = both.shape[^1] / 2;
        Tensor gate = activation.Forward(both.narrow(-1, 0, hidden));
        return down.Forward(gate.mul(both.narrow(-1, hidden, hidden)), residual);
    }
}
