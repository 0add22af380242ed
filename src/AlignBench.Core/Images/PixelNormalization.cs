using System.Globalization;

namespace AlignBench.Images;

/// <summary>
/// From 0..255 to the numbers a network takes, in transformers' float32 steps: x = float32(float64(byte) *
/// factor), then (x - mean) / std, each operation rounded to float32. torchvision's ToTensor and Normalize
/// give the same 256 values.
/// </summary>
public sealed class PixelNormalization
{
    private readonly float[] _table = new float[3 * 256];   // [channel, byte]

    /// <param name="rescaleFactor">Usually 1/255; 1 leaves 0..255.</param>
    /// <param name="mean">[3], R G B, subtracted after the rescale; none: nothing is subtracted or
    /// divided.</param>
    /// <param name="std">[3], R G B, none of them 0; given exactly when <paramref name="mean"/> is.</param>
    /// <exception cref="ArgumentException">Not three means and three deviations, or a deviation of
    /// 0.</exception>
    public PixelNormalization(double rescaleFactor, double[]? mean, double[]? std)
    {
        bool isComplete = mean is null
            ? std is null
            : mean.Length == 3 && std is { Length: 3 } && !std.Contains(0.0);
        if (!isComplete)
        {
            throw new ArgumentException("Normalising takes three means and three deviations other than 0.");
        }

        RescaleFactor = rescaleFactor;
        Mean = mean;
        Std = std;
        for (int i = 0; i < _table.Length; i++)
        {
            float value = (float)((i % 256) * rescaleFactor);
            _table[i] = mean is null ? value : (value - (float)mean[i / 256]) / (float)std![i / 256];
        }
    }

    /// <summary>1/255 as Python's 1/255 and as preprocessor_config.json's 0.00392156862745098.</summary>
    public static double ToUnit { get; } = 1.0 / 255.0;

    public static double[] ImageNetMean { get; } = [0.485, 0.456, 0.406];

    public static double[] ImageNetStd { get; } = [0.229, 0.224, 0.225];

    /// <summary>CLIP's mean, from openai/CLIP clip.py.</summary>
    public static double[] ClipMean { get; } = [0.48145466, 0.4578275, 0.40821073];

    /// <summary>CLIP's deviation, from openai/CLIP clip.py.</summary>
    public static double[] ClipStd { get; } = [0.26862954, 0.26130258, 0.27577711];

    public double RescaleFactor { get; }

    public double[]? Mean { get; }

    public double[]? Std { get; }

    /// <summary>What a byte of a channel (0 = R) becomes.</summary>
    public float ValueOf(int channel, byte value) => _table[(256 * channel) + value];

    /// <summary>[height, width, 3] bytes to [3, height, width] floats.</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another length.</exception>
    public void Apply(RgbImage image, Span<float> target)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (target.Length != image.Pixels.Length)
        {
            throw new ArgumentException($"Expected {image.Pixels.Length} values, got {target.Length}.");
        }

        int count = image.Width * image.Height;
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int c = 0; c < 3; c++)
        {
            ReadOnlySpan<float> table = _table.AsSpan(256 * c, 256);
            Span<float> plane = target.Slice(c * count, count);
            for (int i = 0, at = c; i < plane.Length; i++, at += 3)
            {
                plane[i] = table[pixels[at]];
            }
        }
    }

    /// <summary>All numbers of the rule, round-trip exact.</summary>
    public override string ToString()
    {
        string factor = RescaleFactor.ToString("R", CultureInfo.InvariantCulture);
        return Mean is null ? $"rescale {factor}" : $"rescale {factor} mean {Join(Mean)} std {Join(Std!)}";
    }

    private static string Join(double[] values) =>
        string.Join(' ', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
}
