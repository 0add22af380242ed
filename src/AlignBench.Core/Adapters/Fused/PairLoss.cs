using System.Numerics;
using AlignBench.Adapters.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Fused;

/// <summary>
/// InfoNCE of two sides' rows and its gradient with respect to them, without a recorded graph: what
/// <see cref="ContrastiveLoss.InfoNce"/> and autograd give, in buffers that are made once. Call the steps in order,
/// each for both halves, which may run side by side.
/// </summary>
/// <param name="most">Most rows of a batch.</param>
/// <param name="direction">Rows only, or the mean of rows and columns.</param>
/// <param name="smoothing">s: the right class gets 1 - s + s / B, every other s / B.</param>
internal sealed class PairLoss(int most, LossDirection direction, double smoothing) : IDisposable
{
    private readonly Tensor _logits = Buffer(most);         // [B, B]
    private readonly Tensor _gradient = Buffer(most);       // of the loss with respect to the logits
    private readonly float[] _shares = new float[most * most];
    private readonly float[] _columns = new float[2 * most];
    private readonly double[] _normalizer = new double[2];  // sums over a half's rows, then columns
    private readonly double[] _right = new double[2];
    private readonly double[] _total = new double[2];

    /// <summary>Halves of n rows or columns.</summary>
    public static (int Start, int Count) Half(int n, int half) => half == 0 ? (0, n / 2) : (n / 2, n - (n / 2));

    /// <summary>Step 1: similarities of a half of the rows, and their softmax.</summary>
    /// <param name="a">[B, e].</param>
    /// <param name="b">[B, e].</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="half">0 or 1.</param>
    public void Rows(Tensor a, Tensor b, float scale, int half)
    {
        int n = (int)a.shape[0];
        (int start, int count) = Half(n, half);
        using (DisposeScope scope = NewDisposeScope())
        {
            Square(_logits, n).narrow(0, start, count).addmm_(a.narrow(0, start, count), b.t(), beta: 0, alpha: scale);
        }

        Span<float> logits = Lanes.Of(_logits)[..(n * n)];
        Span<float> gradient = Lanes.Of(_gradient)[..(n * n)];
        _normalizer[half] = _right[half] = _total[half] = 0;
        float weight = (direction == LossDirection.Symmetric ? 0.5f : 1f) / n;
        for (int i = start; i < start + count; i++)
        {
            ReadOnlySpan<float> row = Lanes.Row(logits, i, n);
            Span<float> target = Lanes.Row(gradient, i, n);
            float highest = Highest(row);
            Vector<float> sum = Vector<float>.Zero;
            for (int j = 0; j < n; j += Lanes.Width)
            {
                Vector<float> share = Vector.Exp(Lanes.Load(row, j) - new Vector<float>(highest));
                Lanes.Store(share, target, j);
                sum += j + Lanes.Width <= n ? share : Vector<float>.Zero;
            }

            float all = Vector.Sum(sum) + Lanes.Sum(target[(n / Lanes.Width * Lanes.Width)..]);
            Scale(target, weight / all);
            _normalizer[half] += highest + Math.Log(all);
            _right[half] += row[i];
            _total[half] += Lanes.Sum(row);
        }
    }

    /// <summary>Step 2: the softmax of a half of the columns, and the targets.</summary>
    /// <returns>The half's part of the loss.</returns>
    public double Columns(int n, int half)
    {
        (int start, int count) = Half(n, half);
        double loss = (direction == LossDirection.Symmetric ? 0.5 : 1) * _normalizer[half];
        Span<float> gradient = Lanes.Of(_gradient)[..(n * n)];
        if (direction == LossDirection.Symmetric)
        {
            loss += AddColumns(Lanes.Of(_logits)[..(n * n)], gradient, n, start, count) / 2;
        }

        float everywhere = (float)(smoothing / n / n);
        float partner = (float)((1 - smoothing) / n);
        for (int i = 0; i < n; i++)
        {
            Span<float> row = Lanes.Row(gradient, i, n).Slice(start, count);
            for (int j = 0; j < count; j += Lanes.Width)
            {
                Lanes.Store(Lanes.Load(row, j) - new Vector<float>(everywhere), row, j);
            }
        }

        for (int i = start; i < start + count; i++)
        {
            gradient[(i * n) + i] -= partner;
        }

        return (loss - ((1 - smoothing) * _right[half]) - (smoothing * _total[half] / n)) / n;
    }

    /// <summary>Step 3: the gradient with respect to one side.</summary>
    /// <param name="side">[B, e], overwritten, or added to.</param>
    /// <param name="other">[B, e], the other side's rows.</param>
    /// <param name="scale">1 / temperature.</param>
    /// <param name="isFirst">Whether <paramref name="side"/> is a, the rows.</param>
    /// <param name="added">Whether to add to what is there.</param>
    public void Gradient(Tensor side, Tensor other, float scale, bool isFirst, bool added = false)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = Square(_gradient, (int)side.shape[0]);
        side.addmm_(isFirst ? gradient : gradient.t(), other, beta: added ? 1 : 0, alpha: scale);
    }

    public void Dispose()
    {
        _logits.Dispose();
        _gradient.Dispose();
    }

    private static Tensor Buffer(int most) => zeros([(long)most * most], ScalarType.Float32).DetachFromDisposeScope();

    private static Tensor Square(Tensor buffer, int n) => buffer.narrow(0, 0, (long)n * n).view(n, n);

    // Column by column in registers' widths; the rows come one after another, as they lie in memory.
    private double AddColumns(ReadOnlySpan<float> logits, Span<float> gradient, int n, int start, int count)
    {
        Span<float> highest = _columns.AsSpan(start, count);
        highest.Fill(float.NegativeInfinity);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = logits.Slice((i * n) + start, count);
            for (int j = 0; j < count; j += Lanes.Width)
            {
                Lanes.Store(Vector.Max(Lanes.Load(highest, j), Lanes.Load(row, j)), highest, j);
            }
        }

        Span<float> shares = _shares.AsSpan(start * n, n * count);
        Span<float> sums = _columns.AsSpan(most + start, count);
        sums.Clear();
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = logits.Slice((i * n) + start, count);
            Span<float> own = shares.Slice(i * count, count);
            for (int j = 0; j < count; j += Lanes.Width)
            {
                Vector<float> share = Vector.Exp(Lanes.Load(row, j) - Lanes.Load(highest, j));
                Lanes.Store(share, own, j);
                Lanes.Store(Lanes.Load(sums, j) + share, sums, j);
            }
        }

        double normalizer = 0;
        for (int j = 0; j < count; j++)
        {
            normalizer += highest[j] + Math.Log(sums[j]);
            sums[j] = 0.5f / n / sums[j];
        }

        for (int i = 0; i < n; i++)
        {
            Span<float> row = gradient.Slice((i * n) + start, count);
            ReadOnlySpan<float> own = shares.Slice(i * count, count);
            for (int j = 0; j < count; j += Lanes.Width)
            {
                Lanes.Store(Lanes.Load(row, j) + (Lanes.Load(own, j) * Lanes.Load(sums, j)), row, j);
            }
        }

        return normalizer;
    }

    private static float Highest(ReadOnlySpan<float> row)
    {
        float highest = row[0];
        int j = 0;
        if (row.Length >= Lanes.Width)
        {
            Vector<float> lane = new(row);
            for (j = Lanes.Width; j + Lanes.Width <= row.Length; j += Lanes.Width)
            {
                lane = Vector.Max(lane, new Vector<float>(row[j..]));
            }

            for (int i = 0; i < Lanes.Width; i++)
            {
                highest = MathF.Max(highest, lane[i]);
            }
        }

        for (; j < row.Length; j++)
        {
            highest = MathF.Max(highest, row[j]);
        }

        return highest;
    }

    private static void Scale(Span<float> row, float factor)
    {
        for (int j = 0; j < row.Length; j += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(row, j) * factor, row, j);
        }
    }
}
