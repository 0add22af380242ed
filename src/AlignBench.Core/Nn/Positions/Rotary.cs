using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Nn.Positions;

/// <summary>How far rotary positions are stretched beyond the trained length.</summary>
public abstract record RotaryScaling
{
    /// <summary>All frequencies divided by the factor (position interpolation, arXiv:2306.15595).</summary>
    public sealed record Linear(double Factor) : RotaryScaling;

    /// <summary>
    /// Llama 3.1's: wavelengths below TrainedLength/HighFrequencyFactor stay, those above
    /// TrainedLength/LowFrequencyFactor are stretched by the factor, in between it is blended.
    /// </summary>
    public sealed record Llama3(
        double Factor, double LowFrequencyFactor, double HighFrequencyFactor, double TrainedLength)
        : RotaryScaling;
}

/// <summary>
/// Rotary position embedding (Su et al. 2021, arXiv:2104.09864) in the half-rotation layout of GPT-NeoX and
/// LLaMA. All in float32, in the order in which transformers computes: an angle at position 2000 is only as
/// good as that.
/// </summary>
public sealed class Rotary
{
    private readonly Tensor _frequencies;

    /// <param name="width">Channels of a head that are turned, even.</param>
    /// <param name="theta">Base of the frequencies.</param>
    /// <param name="scaling">None for the trained length.</param>
    /// <param name="device">Where the queries will be.</param>
    public Rotary(int width, double theta, RotaryScaling? scaling = null, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(width % 2, 0);
        using DisposeScope scope = NewDisposeScope();
        Tensor exponents = arange(0, width, 2, ScalarType.Float32).div(width);
        Tensor frequencies = full([1], theta, ScalarType.Float32).pow(exponents).reciprocal();
        frequencies = scaling switch
        {
            null => frequencies,
            RotaryScaling.Linear linear => frequencies.div(linear.Factor),
            RotaryScaling.Llama3 llama3 => Stretch(frequencies, llama3),
            _ => throw new ArgumentException($"unknown scaling {scaling}", nameof(scaling)),
        };
        _frequencies = frequencies.to(device ?? CPU).DetachFromDisposeScope();
    }

    /// <summary>[width / 2], radians per position.</summary>
    public Tensor Frequencies => _frequencies;

    /// <summary>The turns of tokens at these positions.</summary>
    /// <param name="positions">[B or 1, N] int64.</param>
    public RotaryAngles At(Tensor positions)
    {
        Tensor half = positions.to(ScalarType.Float32).unsqueeze(-1) * _frequencies;     // [B, N, width / 2]
        Tensor angles = cat([half, half], dim: -1).unsqueeze(1);                         // [B, 1, N, width]
        return new RotaryAngles(angles.cos(), angles.sin());
    }

    private static Tensor Stretch(Tensor frequencies, RotaryScaling.Llama3 scaling)
    {
        Tensor wavelengths = frequencies.reciprocal().mul(2 * Math.PI);
        Tensor stretched = frequencies.div(scaling.Factor);
        Tensor blend = wavelengths.reciprocal().mul(scaling.TrainedLength).sub(scaling.LowFrequencyFactor)
            .div(scaling.HighFrequencyFactor - scaling.LowFrequencyFactor);
        Tensor blended = blend.mul(-1).add(1).mul(stretched).add(blend.mul(frequencies));
        Tensor isShort = wavelengths.lt(scaling.TrainedLength / scaling.HighFrequencyFactor);
        Tensor isLong = wavelengths.gt(scaling.TrainedLength / scaling.LowFrequencyFactor);
        return where(isShort, frequencies, where(isLong, stretched, blended));
    }
}

/// <summary>Cosines and sines of one batch, shared by all layers.</summary>
/// <param name="Cos">[B or 1, 1, N, R], R ≤ C the channels that are turned.</param>
/// <param name="Sin">The same shape.</param>
public sealed record RotaryAngles(Tensor Cos, Tensor Sin)
{
    /// <summary>Those of the first tokens; all of them without a number.</summary>
    public RotaryAngles First(long? tokens) =>
        tokens is null ? this : new RotaryAngles(
            Cos.narrow(2, 0, tokens.Value), Sin.narrow(2, 0, tokens.Value));

    /// <summary>
    /// [B, H, N, C] -> the same: x cos + [-x₂, x₁] sin on the first R channels, the others as they are.
    /// </summary>
    public Tensor Rotate(Tensor x)
    {
        long rotated = Cos.shape[^1];
        Tensor turned = x.narrow(-1, 0, rotated);
        Tensor first = turned.narrow(-1, 0, rotated / 2);
        Tensor second = turned.narrow(-1, rotated / 2, rotated / 2);
        Tensor result = turned.mul(Cos).add_(cat([second.neg(), first], dim: -1).mul_(Sin));
        return rotated == x.shape[^1] ? result : cat(
            [result, x.narrow(-1, rotated, x.shape[^1] - rotated)], dim: -1);
    }
}
