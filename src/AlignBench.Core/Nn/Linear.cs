using AlignBench.Interop.Kernels;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// y = x · weightᵀ + bias: on the CPU a kernel with weights laid out for it once, else an operator.
/// </summary>
public sealed class Linear
{
    private readonly Tensor? _weight;
    private readonly Tensor? _bias;
    private readonly PackedLinear? _packed;

    /// <param name="weights">
    /// Has <c>weight</c> [outputs, inputs] and, if asked for, <c>bias</c> [outputs].
    /// </param>
    /// <param name="inputs">Size of the last axis before.</param>
    /// <param name="outputs">Size of the last axis after.</param>
    /// <param name="bias">Whether there is a bias.</param>
    public Linear(WeightReader weights, long inputs, long outputs, bool bias = true)
        : this(
            weights,
            weights.Read("weight", outputs, inputs),
            bias ? weights.Read("bias", outputs) : null)
    {
    }

    /// <param name="reader">Gave the tensors out, and takes them back where the layer keeps copies.</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs] or none.</param>
    public Linear(WeightReader reader, Tensor weight, Tensor? bias)
    {
        _packed = reader.Pack(weight, bias);
        if (_packed is null)
        {
            _weight = weight;
            _bias = bias;
        }
    }

    /// <summary>Whether the CPU's kernels run it.</summary>
    public bool UsesKernel => _packed is not null;

    /// <summary>
    /// The layer and, behind it, one factor per output (LayerScale: Touvron et al. 2021, arXiv:2103.17239),
    /// folded into weight and bias.
    /// </summary>
    /// <param name="weights">Has <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs].</param>
    /// <param name="inputs">Size of the last axis before.</param>
    /// <param name="scale">[outputs].</param>
    public static Linear Scaled(WeightReader weights, long inputs, Tensor scale)
    {
        long outputs = scale.shape[0];
        return new Linear(
            weights,
            weights.Rearrange(
                weights.Read("weight", outputs, inputs), stored => stored * scale.unsqueeze(-1)),
            weights.Rearrange(weights.Read("bias", outputs), stored => stored * scale));
    }

    /// <summary>
    /// Several layers with the same input as one, their outputs side by side: one product instead of three.
    /// </summary>
    public static Linear Stacked(
        WeightReader weights, string[] names, long inputs, long[] outputs, bool bias = true) =>
        new(
            weights,
            weights.ReadStacked([.. names.Select(name => $"{name}.weight")], outputs, inputs),
            bias ? weights.ReadStacked([.. names.Select(name => $"{name}.bias")], outputs) : null);

    /// <summary>The weight stored as [inputs, outputs] (GPT-2's Conv1D, OpenAI's projections).</summary>
    public static Linear Transposed(
        WeightReader weights, string weight, string? bias, long inputs, long outputs) =>
        new(
        weights,
        weights.Rearrange(weights.Read(weight, inputs, outputs), stored => stored.t()),
        bias is null ? null : weights.Read(bias, outputs));

    /// <summary>
    /// Queries, keys and values stored head by head as [H, (q, k, v), C]; here [(q, k, v), H, C].
    /// </summary>
    public static Linear Interleaved(WeightReader weights, int width, int heads, bool bias = true)
    {
        long channels = width / heads;
        Tensor weight = weights.Rearrange(
            weights.Read("weight", 3L * width, width),
            stored => stored.reshape(heads, 3, channels, width).transpose(0, 1).reshape(3L * width, width));
        Tensor? biases = bias
            ? weights.Rearrange(
                weights.Read("bias", 3L * width),
                stored => stored.reshape(heads, 3, channels).transpose(0, 1).reshape(3L * width))
            : null;
        return new Linear(weights, weight, biases);
    }

    /// <summary>[..., inputs] -> [..., outputs].</summary>
    /// <param name="x">[..., inputs].</param>
    /// <param name="residual">[..., outputs], added; none.</param>
    /// <exception cref="ArgumentException">A kernel runs the layer and can't read x.</exception>
    public Tensor Forward(Tensor x, Tensor? residual = null)
    {
        if (_packed is null)
        {
            Tensor product = nn.functional.linear(x, _weight!, _bias);
            return residual is null ? product : product.add_(residual);
        }

        Tensor input = KernelTensors.Input(x);
        Tensor y = KernelTensors.Output(input, _packed.Outputs);
        long rows = KernelTensors.Rows(input);
        if (residual is null)
        {
            _packed.Run(rows, input.bytes, KernelActivation.None, y.bytes);
        }
        else
        {
            Tensor added = KernelTensors.Input(residual);
            _packed.RunAndAdd(rows, input.bytes, added.bytes, y.bytes);
            GC.KeepAlive(added);
        }

        GC.KeepAlive(input);
        return y;
    }

    /// <summary>
    /// <paramref name="down"/>(activation(this(x))) + residual in one kernel; null where no kernel does it.
    /// </summary>
    /// <param name="down">Its inputs are this layer's outputs, or half of them where gated.</param>
    /// <param name="activation">Between the two.</param>
    /// <param name="gated">It applies to the first half of the outputs and is multiplied with the second.</param>
    /// <param name="x">[..., inputs].</param>
    /// <param name="residual">[..., outputs of down]; none.</param>
    internal Tensor? ForwardInto(Linear down, Activation activation, bool gated, Tensor x, Tensor? residual)
    {
        if (_packed is null || down._packed is null || activation.Kernel is not KernelActivation kernel)
        {
            return null;
        }

        Tensor input = KernelTensors.Input(x);
        Tensor? added = residual is null ? null : KernelTensors.Input(residual);
        Tensor y = KernelTensors.Output(input, down._packed.Outputs);
        _packed.RunInto(
            down._packed,
            kernel,
            gated,
            KernelTensors.Rows(input),
            input.bytes,
            added is null ? default : added.bytes,
            y.bytes);
        GC.KeepAlive(input);
        GC.KeepAlive(added);
        return y;
    }
}
