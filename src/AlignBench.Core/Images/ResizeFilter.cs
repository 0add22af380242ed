namespace AlignBench.Images;

/// <summary>Pillow's resampling filters; the values are Pillow's, as in a
/// <c>preprocessor_config.json</c>.</summary>
public enum ResizeFilter
{
    Nearest = 0,
    Lanczos = 1,
    Bilinear = 2,
    Bicubic = 3,
    Box = 4,
    Hamming = 5,
}

/// <summary>
/// Which axis is resized first; each pass rounds to 8 bits, so it can change a picture that is resized on
/// both axes.
/// </summary>
public enum PassOrder
{
    /// <summary>
    /// Pillow 13: vertical first if the height shrinks and by more than twice what the width does, else
    /// horizontal.
    /// </summary>
    Pillow13,

    /// <summary>Pillow 12.1 and older: horizontal first.</summary>
    Pillow12,
}

/// <summary>A filter's curve, as in Pillow's Resample.c.</summary>
internal static class FilterCurve
{
    /// <summary>Half the width of the curve, in source pixels when enlarging.</summary>
    public static double Support(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Box => 0.5,
        ResizeFilter.Bilinear or ResizeFilter.Hamming => 1.0,
        ResizeFilter.Bicubic => 2.0,
        ResizeFilter.Lanczos => 3.0,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "No curve for this filter."),
    };

    /// <summary>The unnormalised weight at a distance from the centre.</summary>
    public static double Weight(ResizeFilter filter, double x) => filter switch
    {
        ResizeFilter.Box => x is > -0.5 and <= 0.5 ? 1.0 : 0.0,
        ResizeFilter.Bilinear => Math.Abs(x) < 1.0 ? 1.0 - Math.Abs(x) : 0.0,
        ResizeFilter.Hamming => Hamming(Math.Abs(x)),
        ResizeFilter.Bicubic => Bicubic(Math.Abs(x)),
        ResizeFilter.Lanczos => x is >= -3.0 and < 3.0 ? Sinc(x) * Sinc(x / 3.0) : 0.0,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "No curve for this filter."),
    };

    private static double Hamming(double x)
    {
        if (x == 0.0)
        {
            return 1.0;
        }

        // The two constants are single precision in Pillow.
        return x < 1.0 ? Sinc(x) * (0.54f + (0.46f * Math.Cos(x * Math.PI))) : 0.0;
    }

    private static double Bicubic(double x)
    {
        const double A = -0.5;
        if (x < 1.0)
        {
            return ((((A + 2.0) * x) - (A + 3.0)) * x * x) + 1.0;
        }

        return x < 2.0 ? ((((x - 5.0) * x) + 8.0) * x - 4.0) * A : 0.0;
    }

    private static double Sinc(double x)
    {
        if (x == 0.0)
        {
            return 1.0;
        }

        double angle = x * Math.PI;
        return Math.Sin(angle) / angle;
    }
}
