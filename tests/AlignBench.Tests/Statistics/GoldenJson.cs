using System.Globalization;
using System.Text.Json;

namespace AlignBench.Tests.Statistics;

/// <summary>Reads golden JSON, in which NaN, infinities and 20-digit numbers are strings.</summary>
internal static class GoldenJson
{
    public static JsonElement Load(params string[] parts)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestPaths.Golden(parts)));
        return document.RootElement.Clone();
    }

    public static double Number(this JsonElement element) => element.ValueKind == JsonValueKind.String
        ? double.Parse(element.GetString()!, CultureInfo.InvariantCulture)
        : element.GetDouble();

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).Number();

    public static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.Number())];

    public static int[] Integers(this JsonElement element) =>
        [.. element.EnumerateArray().Select(e => e.GetInt32())];

    /// <summary>Equal as NaN or infinities, or within the relative tolerance.</summary>
    public static void Close(double expected, double actual, double relative, string what)
    {
        bool close = expected.Equals(actual) || Math.Abs(expected - actual) <= relative * Math.Abs(expected);
        Assert.True(close, $"{what}: expected {expected:R}, got {actual:R}");
    }
}
