using static TorchSharp.torch;

namespace AlignBench.Nn.Weights;

/// <summary>The tensors, and other things, that a reader of weights frees.</summary>
internal sealed class OwnedWeights : IDisposable
{
    // By reference: Tensor's own Equals compares values.
    private readonly HashSet<IDisposable> _owned = new(ReferenceEqualityComparer.Instance);

    public void Add(IDisposable part) => _owned.Add(part);

    /// <summary>Frees one of them before the others.</summary>
    public void Free(Tensor tensor)
    {
        _owned.Remove(tensor);
        tensor.Dispose();
    }

    public void Dispose()
    {
        foreach (IDisposable part in _owned)
        {
            part.Dispose();
        }

        _owned.Clear();
    }
}
