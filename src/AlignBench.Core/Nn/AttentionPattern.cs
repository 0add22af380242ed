using AlignBench.Nn.Positions;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Which tokens a token attends to, and what is added to their scores. A description alone: a kernel reads it
/// as it is; the operators' way makes tensors of it (<see cref="AttentionBias"/>), once a forward pass if it
/// is
/// <see cref="Prepare"/>d.
/// </summary>
public sealed record AttentionPattern
{
    private Dictionary<long, Tensor?>? _biases;

    /// <summary>Every token attends to every token of its item.</summary>
    public static AttentionPattern Everything { get; } = new();

    /// <summary>A token attends to itself and to what is before it.</summary>
    public bool Causal { get; init; }

    /// <summary>Causal with at most so many keys, the token's own included; null: unlimited.</summary>
    public int? Window { get; init; }

    /// <summary>ALiBi: [H], what a key's position is multiplied with; see <see cref="Alibi"/>.</summary>
    public IReadOnlyList<float>? Slopes { get; init; }

    /// <summary>A number for each head and distance of key and query.</summary>
    public RelativeBias? Distances { get; init; }

    /// <summary>
    /// [B, N], non-zero for real tokens: padded batches, as reference implementations run them. Null where
    /// all tokens are real.
    /// </summary>
    public Tensor? Mask { get; init; }

    /// <summary>
    /// The batch is one row of several texts, [1, T, D], each of which attends to itself alone. Null where
    /// each row is an item.
    /// </summary>
    public Packing? Packing { get; init; }

    /// <summary>
    /// The same with the tensors of <see cref="BiasOf"/> made now, in the caller's scope, for all blocks.
    /// </summary>
    /// <param name="length">N of the batch; of no meaning for a packed one.</param>
    /// <param name="device">Of the tokens.</param>
    public AttentionPattern Prepare(long length, Device device)
    {
        IEnumerable<long> lengths = Packing is null ? [length] : Packing.Runs.Select(run => (long)run.Length);
        return this with
        {
            _biases = lengths.Distinct().ToDictionary(n => n, n => AttentionBias.Create(this, n, device)),
        };
    }

    /// <summary>
    /// What is added to the scores of an item of <paramref name="length"/> tokens, broadcast to [B, H, N, N];
    /// null if nothing is.
    /// </summary>
    internal Tensor? BiasOf(long length, Device device) =>
        _biases is not null && _biases.TryGetValue(length, out Tensor? bias)
            ? bias
            : AttentionBias.Create(this, length, device);
}
