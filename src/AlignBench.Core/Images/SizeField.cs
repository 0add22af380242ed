using System.Text.Json;

namespace AlignBench.Images;

/// <summary>A size as configs write it: one number, a shorter side, or height and width; exactly one of the
/// three.</summary>
internal sealed record SizeField(int? Single, int? ShortestEdge, int? Height, int? Width)
{
    private const int MaxSide = 16384;   // pixels; far above any network's input

    /// <summary>Null where the key is left out.</summary>
    /// <exception cref="CheckpointException">It is none of the three.</exception>
    public static SizeField? Read(JsonFields fields, string key)
    {
        if (fields.Find(key) is not JsonElement field)
        {
            return null;
        }

        if (field.ValueKind == JsonValueKind.Number)
        {
            return new SizeField(Side(fields, key, field), null, null, null);
        }

        if (field.ValueKind != JsonValueKind.Object)
        {
            throw fields.Refuse(key, "a size", fields.Raw(key));
        }

        Dictionary<string, int> sides = [];
        foreach (JsonProperty side in field.EnumerateObject())
        {
            if (side.Value.ValueKind != JsonValueKind.Null)
            {
                sides[side.Name] = Side(fields, key, side.Value);
            }
        }

        if (sides.Count == 1 && sides.TryGetValue("shortest_edge", out int shortest))
        {
            return new SizeField(null, shortest, null, null);
        }

        return sides.Count == 2
            && sides.TryGetValue("height", out int height) && sides.TryGetValue("width", out int width)
            ? new SizeField(null, null, height, width)
            : throw fields.Refuse(key, "a number, shortest_edge, or height and width", fields.Raw(key));
    }

    private static int Side(JsonFields fields, string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int side)
        && side is > 0 and <= MaxSide
            ? side
            : throw fields.Refuse(key, $"whole numbers from 1 to {MaxSide}", value.GetRawText());
}
