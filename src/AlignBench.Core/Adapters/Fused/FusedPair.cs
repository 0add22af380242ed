using AlignBench.Adapters.Training;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Fused;

/// <summary>
/// A training step's pass for two adapters and InfoNCE in float32, without a recorded graph: forward, loss, backward,
/// two threads at a time. Halves are fixed, so that the numbers depend on no thread count. The same as autograd's but
/// for rounding.
/// </summary>
internal sealed class FusedPair : IDisposable
{
    private readonly FusedAdapter[] _adapters;
    private readonly Tensor[] _units;                       // a side each: [most, e]
    private readonly Tensor[] _gradients;                   // a side each: [most, e]
    private readonly float[][] _inverse;                    // a side each: [most]
    private readonly PairLoss _loss;
    private readonly int _width;                            // e
    private readonly bool _normalizes;
    private readonly float _scale;

    /// <param name="modalities">Name and shape of both sides' adapters.</param>
    /// <param name="features">A row an item.</param>
    /// <param name="settings">For which <see cref="Supports"/> holds.</param>
    /// <param name="arena">Weights, and where gradients are written.</param>
    /// <param name="dropout">A side each.</param>
    /// <param name="most">Most rows of a batch.</param>
    public FusedPair(
        IReadOnlyList<(string Name, AdapterShape Shape)> modalities,
        TrainingFeatures features,
        TrainingSettings settings,
        ParameterArena arena,
        IReadOnlyList<Generator> dropout,
        int most)
    {
        Most = most;
        _adapters =
        [
            .. modalities.Select((modality, side) =>
                new FusedAdapter(modality.Name, modality.Shape, arena, features.All(side), dropout[side], most)),
        ];
        _width = modalities[0].Shape.Outputs;
        _units = [.. modalities.Select(_ => zeros([most, _width], ScalarType.Float32).DetachFromDisposeScope())];
        _gradients = [.. modalities.Select(_ => zeros([most, _width], ScalarType.Float32).DetachFromDisposeScope())];
        _inverse = [.. modalities.Select(_ => new float[most])];
        _loss = new PairLoss(most, settings.Objective.Direction, settings.Objective.LabelSmoothing);
        _normalizes = settings.Objective.Normalize;
        _scale = (float)(1 / settings.Objective.Temperature);
    }

    /// <summary>Most rows of a batch.</summary>
    public int Most { get; }

    /// <summary>Whether this is what a run computes.</summary>
    public static bool Supports(TrainingFeatures features, TrainingSettings settings) =>
        settings is { IsFused: true, Type: ScalarType.Float32, Objective: { Kind: "infonce", LearnTemperature: false } }
        && Enumerable.Range(0, features.Sides).All(side => features.RowsPerItem(side) == 1);

    /// <summary>Writes all gradients into the arena.</summary>
    /// <param name="items">[B].</param>
    /// <returns>The loss.</returns>
    public double Run(long[] items)
    {
        int n = items.Length;
        Array.ForEach(_adapters, adapter => adapter.Draw(n));
        Parallel.For(0, 4, part => Forward(items, side: part / 2, half: part % 2));
        using Tensor f = Units(0, n);
        using Tensor g = Units(1, n);
        Parallel.For(0, 2, half => _loss.Rows(f, g, _scale, half));
        double[] losses = new double[2];
        Parallel.For(0, 2, half => losses[half] = _loss.Columns(n, half));
        using Tensor df = _gradients[0].narrow(0, 0, n);
        using Tensor dg = _gradients[1].narrow(0, 0, n);
        Parallel.For(0, 2, side => Backward(side, side == 0 ? df : dg, side == 0 ? g : f));
        return losses[0] + losses[1];
    }

    /// <summary>[n, e], a side's rows as the loss compares them; the caller disposes of it.</summary>
    public Tensor Units(int side, int n) => _units[side].narrow(0, 0, n);

    public void Dispose()
    {
        _loss.Dispose();
        foreach (FusedAdapter adapter in _adapters)
        {
            adapter.Dispose();
        }

        foreach (Tensor tensor in _units.Concat(_gradients))
        {
            tensor.Dispose();
        }
    }

    private void Forward(long[] items, int side, int half)
    {
        _adapters[side].Forward(items, half);
        (int start, int count) = PairLoss.Half(items.Length, half);
        Span<float> outputs = Lanes.Of(_adapters[side].Output);
        Span<float> units = Lanes.Of(_units[side]);
        for (int i = start; i < start + count; i++)
        {
            Span<float> row = Lanes.Row(outputs, i, _width);
            Span<float> unit = Lanes.Row(units, i, _width);
            if (_normalizes)
            {
                _inverse[side][i] = Normalization.Unit(row, unit);
            }
            else
            {
                row.CopyTo(unit);
            }
        }
    }

    // A side a thread, from the loss to the weights: nothing to wait for.
    private void Backward(int side, Tensor gradient, Tensor other)
    {
        _loss.Gradient(gradient, other, _scale, isFirst: side == 0);
        Span<float> gradients = Lanes.Of(gradient);
        Span<float> units = Lanes.Of(_units[side]);
        for (int i = 0; _normalizes && i < gradients.Length / _width; i++)
        {
            Normalization.UnitBackward(
                Lanes.Row(gradients, i, _width), Lanes.Row(units, i, _width), _inverse[side][i]);
        }

        _adapters[side].Backward(gradient);
    }
}
