using System.Numerics;
using AlignBench.Adapters.Losses;
using AlignBench.Adapters.Training;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Fused;

/// <summary>
/// The loss of <see cref="BlendWeight"/> and its derivative in float32, written out: ½ (L(h, f) + L(h, g)), h the unit
/// vector of λ f + (1 - λ) g.
/// </summary>
/// <param name="most">Most rows of a batch.</param>
/// <param name="width">e.</param>
/// <param name="smoothing">Label smoothing of L.</param>
internal sealed class FusedBlend(int most, int width, double smoothing) : IDisposable
{
    private readonly PairLoss[] _losses =
        [new(most, LossDirection.Symmetric, smoothing), new(most, LossDirection.Symmetric, smoothing)];

    private readonly Tensor _units = zeros([most, width], ScalarType.Float32).DetachFromDisposeScope();        // h
    private readonly Tensor _gradients = zeros([most, width], ScalarType.Float32).DetachFromDisposeScope();    // of L with respect to h
    private readonly float[] _inverse = new float[most];

    /// <summary>Most rows of a batch.</summary>
    public int Most => most;

    /// <param name="f">[B, e], unit vectors.</param>
    /// <param name="g">[B, e], unit vectors.</param>
    /// <param name="share">λ.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <returns>The loss, and its derivative with respect to λ.</returns>
    public (double Loss, double Derivative) Run(Tensor f, Tensor g, double share, float scale)
    {
        int n = (int)f.shape[0];
        Tensor[] sides = [f, g];
        using Tensor h = _units.narrow(0, 0, n);
        using Tensor gradient = _gradients.narrow(0, 0, n);
        Mix(f, g, h, (float)share);
        Parallel.For(0, 4, part => _losses[part / 2].Rows(h, sides[part / 2], scale, part % 2));
        double[] losses = new double[4];
        Parallel.For(0, 4, part => losses[part] = _losses[part / 2].Columns(n, part % 2));
        _losses[0].Gradient(gradient, f, scale / 2, isFirst: true);
        _losses[1].Gradient(gradient, g, scale / 2, isFirst: true, added: true);
        return (losses.Sum() / 2, Derivative(f, g, gradient));
    }

    public void Dispose()
    {
        Array.ForEach(_losses, loss => loss.Dispose());
        _units.Dispose();
        _gradients.Dispose();
    }

    private void Mix(Tensor f, Tensor g, Tensor h, float share)
    {
        ReadOnlySpan<float> first = Lanes.Of(f);
        ReadOnlySpan<float> second = Lanes.Of(g);
        Span<float> mixed = Lanes.Of(h);
        for (int j = 0; j < mixed.Length; j += Lanes.Width)
        {
            Lanes.Store((Lanes.Load(first, j) * share) + (Lanes.Load(second, j) * (1 - share)), mixed, j);
        }

        for (int i = 0; i < mixed.Length / width; i++)
        {
            Span<float> row = Lanes.Row(mixed, i, width);
            _inverse[i] = Normalization.Unit(row, row);
        }
    }

    // d(λ f + (1 - λ) g) / dλ = f - g.
    private double Derivative(Tensor f, Tensor g, Tensor gradient)
    {
        ReadOnlySpan<float> first = Lanes.Of(f);
        ReadOnlySpan<float> second = Lanes.Of(g);
        Span<float> units = Lanes.Of(_units);
        Span<float> gradients = Lanes.Of(gradient);
        double derivative = 0;
        for (int i = 0; i < gradients.Length / width; i++)
        {
            Span<float> row = Lanes.Row(gradients, i, width);
            Normalization.UnitBackward(row, Lanes.Row(units, i, width), _inverse[i]);
            Vector<float> sum = Vector<float>.Zero;
            for (int j = 0; j < width; j += Lanes.Width)
            {
                sum += Lanes.Load(row, j) * (Lanes.Load(first.Slice(i * width, width), j) - Lanes.Load(second.Slice(i * width, width), j));
            }

            derivative += Vector.Sum(sum);
        }

        return derivative;
    }
}
