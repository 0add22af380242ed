using static TorchSharp.torch;

namespace AlignBench.Nn.Weights;

/// <summary>
/// The blocks of a stack: built with the model; or, block by block, read when they are used
/// (<see cref="BlockLoader{TBlock}"/>), their names and shapes checked all the same when the model is built.
/// </summary>
/// <typeparam name="TBlock">A block.</typeparam>
public sealed class BlockList<TBlock>
{
    private readonly TBlock[] _all = [];
    private readonly BlockLoader<TBlock>? _loader;

    /// <param name="weights">Handed to <paramref name="build"/>.</param>
    /// <param name="count">L.</param>
    /// <param name="build">Block i of L, from 0.</param>
    /// <exception cref="CheckpointException">
    /// A weight of any block is missing or of another shape.
    /// </exception>
    public BlockList(WeightReader weights, int count, Func<WeightReader, int, TBlock> build)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(build);
        Count = count;
        if (!weights.BlockByBlock)
        {
            _all = [.. Enumerable.Range(0, count).Select(i => build(weights, i))];
            return;
        }

        for (int i = 0; i < count; i++)
        {
            using WeightReader shapes = weights.ForPart(META);
            build(shapes, i);
        }

        _loader = weights.Own(new BlockLoader<TBlock>(count, i =>
        {
            WeightReader own = weights.ForPart();
            return (own, () => build(own, i));
        }));
    }

    /// <summary>L.</summary>
    public int Count { get; }

    /// <summary>Each block as a step from a hidden state to the next.</summary>
    public IEnumerable<Func<Tensor, Tensor>> Steps(Func<TBlock, Tensor, Tensor> step) =>
        Steps((block, _, x) => step(block, x));

    /// <summary>The same for a step that depends on the block's number.</summary>
    public IEnumerable<Func<Tensor, Tensor>> Steps(Func<TBlock, int, Tensor, Tensor> step) =>
        Enumerable.Range(0, Count).Select<int, Func<Tensor, Tensor>>(i => x => _loader is null
            ? step(_all[i], i, x)
            : _loader.Use(i, block => step(block, i, x)));
}
