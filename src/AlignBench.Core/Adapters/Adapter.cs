using AlignBench.Adapters.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AlignBench.Adapters;

/// <summary>
/// A small trainable map from a frozen encoder's features into the shared space. Its weights lie in a
/// <see cref="ParameterArena"/>, under <c>PREFIX.weight</c> or <c>PREFIX.fc1.weight</c> and so on.
/// </summary>
public sealed class Adapter
{
    private readonly AdapterShape _shape;
    private readonly Func<string, Tensor> _parameter;

    /// <param name="name">Prefix of its parameters: the modality.</param>
    /// <param name="shape">Its layers.</param>
    /// <param name="arena">Has the parameters of <see cref="SpecsOf"/>.</param>
    public Adapter(string name, AdapterShape shape, ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        Name = name;
        _shape = shape;
        _parameter = parameter => arena[$"{name}.{parameter}"];
    }

    /// <summary>An adapter of given weights, for inference.</summary>
    /// <param name="name">The modality.</param>
    /// <param name="shape">Its layers.</param>
    /// <param name="weights">By the names of <see cref="AdapterShape.Parameters"/>.</param>
    public Adapter(string name, AdapterShape shape, IReadOnlyDictionary<string, Tensor> weights)
    {
        Name = name;
        _shape = shape;
        _parameter = parameter => weights[parameter];
    }

    /// <summary>The modality.</summary>
    public string Name { get; }

    /// <summary>The parameters of an adapter of that name.</summary>
    public static IEnumerable<ParameterSpec> SpecsOf(string name, AdapterShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Parameters.Select(spec => spec with { Name = $"{name}.{spec.Name}" });
    }

    /// <summary>[n, d] features -> [n, e], not normalised.</summary>
    /// <param name="x">[n, d].</param>
    /// <param name="dropout">Draws the hidden units left out; null: none is, as in evaluation.</param>
    public Tensor Forward(Tensor x, Generator? dropout)
    {
        if (_shape.Kind == AdapterKind.Linear)
        {
            return Linear(x, "");
        }

        Tensor hidden = Linear(x, "fc1.");                                  // [n, h]
        hidden = _shape.Kind == AdapterKind.MlpGeluNorm ? Norm(Gelu(hidden)) : Gelu(Norm(hidden));
        return Linear(Drop(hidden, dropout), "fc2.");                       // [n, e]
    }

    private Tensor Linear(Tensor x, string layer) => nn.functional.linear(
        x, _parameter($"{layer}weight"), _shape.Bias ? _parameter($"{layer}bias") : null);

    private Tensor Norm(Tensor x) => nn.functional.layer_norm(
        x, [_shape.Hidden], _parameter("norm.weight"), _parameter("norm.bias"), _shape.NormEpsilon);

    private Tensor Gelu(Tensor x) => nn.functional.gelu(
        x, _shape.Gelu == GeluForm.Erf ? GELU.Approximate.none : GELU.Approximate.tanh);

    // Kept units are divided by the share kept, so that the mean stays.
    private Tensor Drop(Tensor x, Generator? generator)
    {
        if (generator is null || _shape.Dropout == 0)
        {
            return x;
        }

        double kept = 1 - _shape.Dropout;
        using IDisposable unrecorded = no_grad();
        Tensor mask = empty(x.shape, x.dtype).bernoulli_(kept, generator).div_(kept);
        using IDisposable recorded = enable_grad();
        return x * mask;
    }
}
