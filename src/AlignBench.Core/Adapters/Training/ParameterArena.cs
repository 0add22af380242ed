using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Training;

/// <summary>
/// All parameters of a training run side by side in one vector, and their gradients in another: clipping and the
/// optimizer work on whole vectors, and a step allocates none of them anew. Create it outside any
/// <see cref="DisposeScope"/>.
/// </summary>
public sealed class ParameterArena : IDisposable
{
    private readonly Dictionary<string, Tensor> _leaves = [];
    private readonly List<Tensor> _owned = [];

    /// <param name="specs">Distinct names.</param>
    /// <param name="decay">Which of them stand in <see cref="DecayedValues"/>.</param>
    /// <param name="type">Float32 or Float64.</param>
    /// <param name="generator">Draws the first values, in the order of <paramref name="specs"/>.</param>
    public ParameterArena(
        IReadOnlyList<ParameterSpec> specs, WeightDecay decay, ScalarType type, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(specs);
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Specs = specs;
        long total = specs.Sum(spec => spec.Count);
        Values = Keep(zeros([total], type));
        Gradients = Keep(zeros([total], type));

        // The decayed ones come first, so that they are one piece.
        bool IsDecayed(ParameterSpec spec) => decay == WeightDecay.All || spec.Shape.Length >= 2;
        long offset = 0;
        foreach (ParameterSpec spec in specs.Where(IsDecayed).Concat(specs.Where(spec => !IsDecayed(spec))))
        {
            Tensor leaf = Keep(Values.narrow(0, offset, spec.Count).view(spec.Shape).detach().requires_grad_());
            leaf.grad = Gradients.narrow(0, offset, spec.Count).view(spec.Shape);
            _leaves.Add(spec.Name, leaf);
            offset += spec.Count;
        }

        DecayedValues = Keep(Values.narrow(0, 0, specs.Where(IsDecayed).Sum(spec => spec.Count)));
        foreach (ParameterSpec spec in specs)
        {
            Tensor leaf = _leaves[spec.Name];
            _ = spec.Reach > 0 ? nn.init.uniform_(leaf, -spec.Reach, spec.Reach, generator) : nn.init.constant_(leaf, spec.Start);
        }
    }

    public IReadOnlyList<ParameterSpec> Specs { get; }

    /// <summary>[P], all values.</summary>
    public Tensor Values { get; }

    /// <summary>[P], the gradients of the last <c>backward</c>, in the same places.</summary>
    public Tensor Gradients { get; }

    /// <summary>[D], the values that decay; the same memory as the first D of <see cref="Values"/>.</summary>
    public Tensor DecayedValues { get; }

    /// <summary>One parameter, recorded by autograd; the same memory as its part of <see cref="Values"/>.</summary>
    public Tensor this[string name] => _leaves[name];

    public bool Has(string name) => _leaves.ContainsKey(name);

    /// <summary>To be called before each <c>backward</c>, which adds to what is there.</summary>
    public void ZeroGradients() => Gradients.zero_();

    /// <summary>The norm of all gradients together.</summary>
    public double GradientNorm()
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return linalg.vector_norm(Gradients, 2).ToDouble();
    }

    /// <summary>
    /// What clipping multiplies all gradients by: min(1, <paramref name="maxNorm"/> / (norm + 1e-6)), as PyTorch's
    /// clip_grad_norm_.
    /// </summary>
    /// <param name="norm">Of all gradients together.</param>
    /// <param name="maxNorm">The largest; infinite: no clipping.</param>
    public static double ClipFactor(double norm, double maxNorm) => Math.Min(1, maxNorm / (norm + 1e-6));

    public void Dispose()
    {
        foreach (Tensor tensor in _owned)
        {
            tensor.Dispose();
        }
    }

    private Tensor Keep(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
