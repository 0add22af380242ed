using System.Text.Json;

namespace AlignBench.Safetensors;

/// <summary>The index of a sharded checkpoint: <c>weight_map</c>, tensor name to shard name.</summary>
internal static class ShardIndex
{
    /// <exception cref="CheckpointException">
    /// Not such an index, or a shard is not a plain file name.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Read(string index)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index));
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out JsonElement map)
                || map.ValueKind != JsonValueKind.Object)
            {
                throw new CheckpointException($"{index}: expected an object with weight_map");
            }

            Dictionary<string, string> shards = [];
            foreach (JsonProperty entry in map.EnumerateObject())
            {
                if (!shards.TryAdd(entry.Name, Shard(entry, index)))
                {
                    throw new CheckpointException($"{index}: tensor {entry.Name} occurs twice in weight_map");
                }
            }

            return shards;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"{index}: not a JSON index: {e.Message}");
        }
    }

    private static string Shard(JsonProperty entry, string index)
    {
        string? shard = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : null;
        bool plain = !string.IsNullOrEmpty(shard)
            && shard is not ("." or "..")
            && shard.AsSpan().IndexOfAny('/', '\\', '\0') < 0;
        return plain
            ? shard!
            : throw new CheckpointException(
                $"{index}: tensor {entry.Name}: a shard must be a plain file name in the same folder, got "
                + entry.Value.GetRawText());
    }
}
