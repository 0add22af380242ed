using AlignBench.Features;

namespace AlignBench.Similarity;

/// <summary>
/// What minyoungg/platonic-rep does to features before any metric, in float32 as there: outliers cut at a quantile
/// of all |values|, rows divided by their length.
/// </summary>
public static class PlatonicPreparation
{
    /// <summary>That repository's default quantile; 1 leaves outliers alone.</summary>
    public const double Quantile = 0.95;

    private const float LeastLength = 1e-12f;               // torch.nn.functional.normalize's eps

    /// <summary>Cut at <see cref="Threshold"/> and normalised, one threshold over all layers.</summary>
    /// <param name="layers">[n, d] each, one model's.</param>
    /// <returns>Float32 numbers, widened.</returns>
    public static FeatureMatrix[] Prepare(IReadOnlyList<FeatureMatrix> layers) => Prepare(layers, Threshold(layers));

    /// <summary>Cut at <paramref name="threshold"/> and normalised.</summary>
    public static FeatureMatrix[] Prepare(IReadOnlyList<FeatureMatrix> layers, float threshold)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return [.. layers.Select(layer => Normalize(Clamp(layer, threshold)))];
    }

    /// <summary>
    /// <c>remove_outliers(exact=True)</c>: all |values| sorted, the one at index ⌊q count⌋, without interpolation.
    /// </summary>
    /// <remarks>
    /// A list of layers has a threshold for each there; call this for each layer then. Its <c>max_threshold</c> has no
    /// effect, and is not here.
    /// </remarks>
    public static float Threshold(IReadOnlyList<FeatureMatrix> layers, double quantile = Quantile)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (quantile >= 1.0)
        {
            return float.PositiveInfinity;
        }

        float[] values = [.. layers.SelectMany(layer => layer.Values).Select(value => MathF.Abs((float)value))];
        Array.Sort(values);
        return values[(int)(quantile * values.Length)];
    }

    /// <summary>
    /// <c>remove_outliers(exact=False)</c>: the mean over items of the interpolated quantile of the item's |values|. Not
    /// an approximation of the exact one: it cuts another share.
    /// </summary>
    public static float MeanQuantileThreshold(IReadOnlyList<FeatureMatrix> layers, double quantile = Quantile)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (quantile >= 1.0)
        {
            return float.PositiveInfinity;
        }

        int n = layers[0].Rows;
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            float[] values = [.. layers.SelectMany(layer => layer.Row(i).ToArray()).Select(value => MathF.Abs((float)value))];
            Array.Sort(values);
            float place = (float)quantile * (values.Length - 1);         // torch.quantile's rounding, which outliers show
            int low = (int)place;
            float high = values[Math.Min(low + 1, values.Length - 1)];
            sum += values[low] + ((place - low) * (high - values[low]));
        }

        return (float)(sum / n);
    }

    /// <summary>Values beyond ±threshold become that.</summary>
    public static FeatureMatrix Clamp(FeatureMatrix x, float threshold)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] values = [.. x.Values.Select(value => (double)Math.Clamp((float)value, -threshold, threshold))];
        return new FeatureMatrix(x.Rows, x.Columns, values);
    }

    /// <summary>Rows divided by max(length, 1e-12), rounded to float32.</summary>
    public static FeatureMatrix Normalize(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] values = new double[x.Values.Length];
        for (int i = 0; i < x.Rows; i++)
        {
            float length = Math.Max((float)Vectors.Length(x.Row(i)), LeastLength);
            for (int j = 0; j < x.Columns; j++)
            {
                values[(i * x.Columns) + j] = (float)x.Row(i)[j] / length;
            }
        }

        return new FeatureMatrix(x.Rows, x.Columns, values);
    }
}
