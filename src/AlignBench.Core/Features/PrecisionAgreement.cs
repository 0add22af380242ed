using System.Globalization;
using System.Text.Json;

namespace AlignBench.Features;

/// <summary>How near the features of a lower precision are to float32's, on a sample of the contents.</summary>
/// <param name="Contents">Of the sample.</param>
/// <param name="MeanCosine">Of each content's two vectors.</param>
/// <param name="SmallestCosine">The worst content's.</param>
/// <param name="LargestDifference">Greatest |a - b| / |b|, b being float32's vector, norms Euclidean.</param>
public sealed record PrecisionAgreement(int Contents, double MeanCosine, double SmallestCosine, double LargestDifference)
{
    /// <summary>Contents of a sample, at most.</summary>
    internal const int SampleSize = 32;

    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Sums are in float64.</summary>
    /// <param name="features">[n][d].</param>
    /// <param name="exact">[n][d], float32's; n is 1 or more.</param>
    public static PrecisionAgreement Of(IReadOnlyList<float[]> features, IReadOnlyList<float[]> exact)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(exact);
        (double Cosine, double Difference)[] pairs = [.. features.Zip(exact, Compare)];
        return new PrecisionAgreement(
            pairs.Length,
            pairs.Average(pair => pair.Cosine),
            pairs.Min(pair => pair.Cosine),
            pairs.Max(pair => pair.Difference));
    }

    /// <summary>As a feature file's metadata have it.</summary>
    public static PrecisionAgreement? Parse(string json) => JsonSerializer.Deserialize<PrecisionAgreement>(json, s_json);

    /// <summary>One object, its keys in snake case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"mean cosine {MeanCosine:F6}, smallest {SmallestCosine:F6}, largest relative difference {LargestDifference:G3}");

    private static (double Cosine, double Difference) Compare(float[] a, float[] b)
    {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        double square = 0;
        for (int i = 0; i < b.Length; i++)
        {
            ab += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
            square += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        }

        // Equal vectors, zeros among them, agree whatever their length.
        return square == 0 ? (1, 0) : (ab / Math.Max(Math.Sqrt(aa * bb), double.Epsilon), Math.Sqrt(square / Math.Max(bb, double.Epsilon)));
    }
}
