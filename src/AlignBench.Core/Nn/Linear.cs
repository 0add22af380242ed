using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>y = x · weightᵀ + bias.</summary>
public sealed class Linear
{
    private readonly Tensor _weight;
    private readonly Tensor? _bias;

    /// <param name="weights">
    /// Has <c>weight</c> [outputs, inputs] and, if asked for, <c>bias</c> [outputs].
    /// </param>
    /// <param name="inputs">Size of the last axis before.</param>
    /// <param name="outputs">Size of the last axis after.</param>
    /// <param name="bias">Whether there is a bias.</param>
    public Linear(WeightReader weights, long inputs, long outputs, bool bias = true)
        : this(weights.Read("weight", outputs, inputs), bias ? weights.Read("bias", outputs) : null)
    {
    }

    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs] or none.</param>
    public Linear(Tensor weight, Tensor? bias)
    {
        _weight = weight;
        _bias = bias;
    }

    /// <summary>
    /// Several layers with the same input as one, their outputs side by side: one product instead of three.
    /// </summary>
    public static Linear Stacked(
        WeightReader weights, string[] names, long inputs, long[] outputs, bool bias = true) =>
        new(
            weights.ReadStacked([.. names.Select(name => $"{name}.weight")], outputs, inputs),
            bias ? weights.ReadStacked([.. names.Select(name => $"{name}.bias")], outputs) : null);

    /// <summary>The weight stored as [inputs, outputs] (GPT-2's Conv1D, OpenAI's projections).</summary>
    public static Linear Transposed(
        WeightReader weights, string weight, string? bias, long inputs, long outputs) =>
        new(
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
        return new Linear(weight, biases);
    }

    /// <summary>[..., inputs] -> [..., outputs].</summary>
    public Tensor Forward(Tensor x) => nn.functional.linear(x, _weight, _bias);
}
