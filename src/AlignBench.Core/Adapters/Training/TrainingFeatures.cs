using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Training;

/// <summary>
/// The frozen encoders' features of all items, resident as tensors. Create it outside any <see cref="DisposeScope"/>.
/// </summary>
public sealed class TrainingFeatures : IDisposable
{
    private readonly Tensor[] _values;      // [n * c, d] each
    private readonly int[] _rowsPerItem;

    /// <param name="items">n.</param>
    /// <param name="sides">A modality each: [n * c, d] features, c rows an item in the items' order.</param>
    /// <exception cref="ArgumentException">A side's rows are not a multiple of <paramref name="items"/>.</exception>
    public TrainingFeatures(int items, IReadOnlyList<Tensor> sides)
    {
        ArgumentNullException.ThrowIfNull(sides);
        Items = items;
        _values = [.. sides.Select(side => side.alias().DetachFromDisposeScope())];
        _rowsPerItem = [.. sides.Select(side => (int)(side.shape[0] / items))];
        if (sides.Any(side => side.shape[0] % items != 0))
        {
            throw new ArgumentException($"rows must be a multiple of {items}", nameof(sides));
        }
    }

    /// <summary>n.</summary>
    public int Items { get; }

    /// <summary>Modalities.</summary>
    public int Sides => _values.Length;

    public ScalarType Type => _values[0].dtype;

    /// <summary>d of a side.</summary>
    public int Width(int side) => (int)_values[side].shape[1];

    /// <summary>c of a side: captions an image.</summary>
    public int RowsPerItem(int side) => _rowsPerItem[side];

    /// <summary>All rows of a side, [n * c, d].</summary>
    public Tensor All(int side) => _values[side];

    /// <summary>The rows of some items, item by item: [B * c, d].</summary>
    /// <param name="side">Which modality.</param>
    /// <param name="items">[B] int64.</param>
    public Tensor Rows(int side, Tensor items)
    {
        ArgumentNullException.ThrowIfNull(items);
        int count = _rowsPerItem[side];
        if (count == 1)
        {
            return _values[side].index_select(0, items);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor rows = ((items.unsqueeze(1) * count) + arange(count)).view(-1);
        return scope.MoveToOuter(_values[side].index_select(0, rows));
    }

    /// <summary>The first row of some items, [B, d]: what a caption stands for in evaluation.</summary>
    /// <inheritdoc cref="Rows"/>
    public Tensor FirstRows(int side, Tensor items)
    {
        ArgumentNullException.ThrowIfNull(items);
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(_values[side].index_select(0, items * _rowsPerItem[side]));
    }

    public void Dispose()
    {
        foreach (Tensor values in _values)
        {
            values.Dispose();
        }
    }
}
