using System.Text.Json.Nodes;

namespace AlignBench.Reports.Plots;

/// <summary>One picture of the report: a Vega-Lite template and the data that fill it.</summary>
public sealed record Plot
{
    /// <summary>Of letters, digits, '-' and '_': the name of its files.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What a reader sees who can't see the picture: what is plotted, and the main numbers.</summary>
    public required string Description { get; init; }

    /// <summary>Whether it is seen at once; others show the same in another way, and are seen when asked for.</summary>
    public bool IsMain { get; init; } = true;

    /// <summary>A file in Templates.</summary>
    public required string Template { get; init; }

    /// <summary>Named tables of the template; rows of one table have the same keys.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Data { get; init; }

    /// <summary>What stands in place of each text <c>"{{name}}"</c> of the template.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Parameters { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>An id of any words: what may not be in a file name becomes '-'.</summary>
    public static string IdOf(params string[] words) => string.Concat(
        string.Join('-', words.Where(word => word.Length > 0))
            .Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '-'));

    /// <summary>NaN and infinities, which JSON has not, are null.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
