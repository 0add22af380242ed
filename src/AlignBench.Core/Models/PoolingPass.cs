using AlignBench.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>
/// One batch on its way through an encoder, a layer a step: takes each hidden state as a block makes it,
/// pools what is asked for, and frees it. Steps may be made on different threads, one after the other.
/// </summary>
/// <param name="features">The encoder's.</param>
/// <param name="states">Hidden states 0 to L, made lazily.</param>
/// <param name="wanted">The selections.</param>
/// <param name="texts">What the states are of, if it is texts.</param>
internal sealed class PoolingPass(
    TokenFeatures features, IEnumerable<Tensor> states, IReadOnlyList<FeatureSelection> wanted, Texts? texts)
    : IDisposable
{
    private readonly IEnumerator<Tensor> _states = states.GetEnumerator();
    private readonly Tensor?[] _pooled = new Tensor?[wanted.Count];
    private readonly int _last = features.LastLayer(wanted);
    private Tensor? _state;
    private int _layer;

    /// <summary>One [B, D] a selection, once the last step is made; the caller's to dispose.</summary>
    public IEnumerable<Tensor> Pooled => _pooled.Select(pooled => pooled!);

    /// <returns>Whether there are more to be made.</returns>
    public bool Step()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _states.MoveNext();
        _state?.Dispose();
        _state = _states.Current.DetachFromDisposeScope();
        for (int i = 0; i < wanted.Count; i++)
        {
            if (wanted[i].LayerIn(features.Depth) == _layer)
            {
                _pooled[i] = features.Pool(_state, _layer, wanted[i], texts).DetachFromDisposeScope();
            }
        }

        return _layer++ < _last;
    }

    /// <summary>Frees the last hidden state.</summary>
    public void Dispose()
    {
        _states.Dispose();
        _state?.Dispose();
    }
}
