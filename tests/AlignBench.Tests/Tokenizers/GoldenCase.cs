using System.Text.Json;

namespace AlignBench.Tests.Tokenizers;

/// <summary>One text of a cases file and what the reference library makes of it.</summary>
public sealed record GoldenCase(string Id, string Text, JsonElement Fields)
{
    /// <summary>The cases of a JSON Lines file.</summary>
    public static IReadOnlyList<GoldenCase> Read(string path)
    {
        List<GoldenCase> cases = [];
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement fields = document.RootElement.Clone();
            string id = fields.TryGetProperty("id", out JsonElement named) ? named.GetString()! : "";
            string text = fields.TryGetProperty("text", out JsonElement written) ? written.GetString()! : "";
            cases.Add(new GoldenCase(id, text, fields));
        }

        return cases;
    }

    /// <summary>A list of integers.</summary>
    public int[] Ints(string field) =>
        [.. Fields.GetProperty(field).EnumerateArray().Select(item => item.GetInt32())];

    /// <summary>A list of lists of integers.</summary>
    public int[][] IntRows(string field) => [.. Fields.GetProperty(field).EnumerateArray()
        .Select(row => row.EnumerateArray().Select(item => item.GetInt32()).ToArray())];

    /// <summary>A list of strings.</summary>
    public string[] Strings(string field) =>
        [.. Fields.GetProperty(field).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>A list of [start, end] pairs.</summary>
    public (int Start, int End)[] Spans(string field) => [.. Fields.GetProperty(field).EnumerateArray()
        .Select(pair => (pair[0].GetInt32(), pair[1].GetInt32()))];
}
