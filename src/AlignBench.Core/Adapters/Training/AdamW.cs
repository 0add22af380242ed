using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Training;

/// <summary>Settings of <see cref="AdamW"/>; PyTorch's defaults.</summary>
/// <param name="WeightDecay">λ of the decoupled decay p ← p (1 - rate λ).</param>
public sealed record AdamWSettings(double WeightDecay)
{
    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>
/// Adam with decoupled decay (Loshchilov and Hutter 2019, arXiv:1711.05101) on a whole <see cref="ParameterArena"/>
/// at once. torch.optim.AdamW keeps its moments to itself; here they can be stored and a run taken up again.
/// </summary>
public sealed class AdamW : IDisposable
{
    private const int Piece = 1 << 15;                      // elements a thread takes at a time

    private readonly ParameterArena _parameters;
    private readonly AdamWSettings _settings;

    public AdamW(ParameterArena parameters, AdamWSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _settings = settings;
        Mean = zeros_like(parameters.Values).DetachFromDisposeScope();
        MeanOfSquares = zeros_like(parameters.Values).DetachFromDisposeScope();
    }

    /// <summary>[P], first moments.</summary>
    public Tensor Mean { get; }

    /// <summary>[P], second moments.</summary>
    public Tensor MeanOfSquares { get; }

    /// <summary>Steps done.</summary>
    public long Steps { get; set; }

    /// <summary>Moves all values along the arena's gradients, in one pass over them.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="gradientScale">What gradients are multiplied by first.</param>
    public void Step(double rate, double gradientScale = 1)
    {
        Steps++;
        if (_parameters.Values.dtype == ScalarType.Float64)
        {
            Step<double>(rate, gradientScale);
        }
        else
        {
            Step<float>(rate, gradientScale);
        }
    }

    public void Dispose()
    {
        Mean.Dispose();
        MeanOfSquares.Dispose();
    }

    private void Step<T>(double rate, double gradientScale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int total = (int)_parameters.Values.shape[0];
        int decayed = (int)_parameters.DecayedValues.shape[0];
        Move<T> move = new(
            T.CreateChecked(gradientScale),
            T.CreateChecked(_settings.Beta1), T.CreateChecked(1 - _settings.Beta1),
            T.CreateChecked(_settings.Beta2), T.CreateChecked(1 - _settings.Beta2),
            T.CreateChecked(Math.Sqrt(1 - Math.Pow(_settings.Beta2, Steps))),
            T.CreateChecked(_settings.Epsilon),
            T.CreateChecked(rate / (1 - Math.Pow(_settings.Beta1, Steps))));
        T decay = T.CreateChecked(1 - (rate * _settings.WeightDecay));
        int pieces = (total + Piece - 1) / Piece;
        Parallel.For(0, pieces, piece =>
        {
            int start = piece * Piece;
            int end = Math.Min(start + Piece, total);
            int middle = Math.Clamp(decayed, start, end);
            Part<T>(start, middle, move, decay);
            Part<T>(middle, end, move, T.One);
        });
    }

    private void Part<T>(int start, int end, Move<T> move, T decay)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> values = Elements<T>(_parameters.Values)[start..end];
        Span<T> gradients = Elements<T>(_parameters.Gradients)[start..end];
        Span<T> means = Elements<T>(Mean)[start..end];
        Span<T> squares = Elements<T>(MeanOfSquares)[start..end];
        int i = 0;
        for (; i + Vector<T>.Count <= values.Length; i += Vector<T>.Count)
        {
            Vector<T> g = new Vector<T>(gradients[i..]) * move.Scale;
            Vector<T> m = (new Vector<T>(means[i..]) * move.Beta1) + (g * move.Rest1);
            Vector<T> v = (new Vector<T>(squares[i..]) * move.Beta2) + (g * g * move.Rest2);
            Vector<T> root = (Vector.SquareRoot(v) / new Vector<T>(move.Root)) + new Vector<T>(move.Epsilon);
            m.CopyTo(means[i..]);
            v.CopyTo(squares[i..]);
            ((new Vector<T>(values[i..]) * decay) - (m * move.Rate / root)).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            T g = gradients[i] * move.Scale;
            means[i] = (means[i] * move.Beta1) + (g * move.Rest1);
            squares[i] = (squares[i] * move.Beta2) + (g * g * move.Rest2);
            values[i] = (values[i] * decay) - (means[i] * move.Rate / ((T.Sqrt(squares[i]) / move.Root) + move.Epsilon));
        }
    }

    private static Span<T> Elements<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private readonly record struct Move<T>(T Scale, T Beta1, T Rest1, T Beta2, T Rest2, T Root, T Epsilon, T Rate);
}
