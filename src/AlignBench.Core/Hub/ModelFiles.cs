using System.Text.Json;
using AlignBench.Hub.Requests;

namespace AlignBench.Hub;

/// <summary>What a checkpoint needs of a repository: settings, tokenizer, and its weights in one format.</summary>
/// <param name="Settings">In the hub's order; among them config.json if there is one.</param>
/// <param name="Weights">The weights, or the index that names their shards; null if none can be read.</param>
internal sealed record ModelFiles(IReadOnlyList<HubFile> Settings, HubFile? Weights)
{
    private const string Config = "config.json";
    private const string IndexEnding = ".index.json";

    private static readonly string[] s_settings =
    [
        Config, "preprocessor_config.json", "merges.txt", "special_tokens_map.json", "added_tokens.json",
        "spiece.model",
    ];

    // In the order in which a checkpoint folder is read.
    private static readonly string[] s_weights =
    [
        "model.safetensors", "model.safetensors.index.json",
        "pytorch_model.bin", "pytorch_model.bin.index.json",
    ];

    public bool IsSharded => Weights?.Name.EndsWith(IndexEnding, StringComparison.Ordinal) == true;

    /// <summary>What the repository lacks of a checkpoint, in words; empty if nothing.</summary>
    public IReadOnlyList<string> Absent =>
    [
        .. Settings.Any(file => file.Name == Config) ? Array.Empty<string>() : [Config],
        .. Weights is not null ? Array.Empty<string>() : [$"weights ({string.Join(", ", s_weights)})"],
    ];

    public static ModelFiles Choose(RepositoryListing listing) => new(
        [.. listing.Files.Where(file => IsSetting(file.Name))],
        s_weights.Select(listing.Find).FirstOrDefault(file => file is not null));

    /// <summary>The shards that an index names.</summary>
    /// <param name="index">The path of the fetched index.</param>
    /// <param name="listing">What there is.</param>
    /// <param name="what">The model, for messages.</param>
    /// <exception cref="HubException">It is no index, or names a file that the repository lacks.</exception>
    public static IReadOnlyList<HubFile> Shards(string index, RepositoryListing listing, string what)
    {
        string name = Path.GetFileName(index);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index));
            string[] shards =
            [
                .. document.RootElement.GetProperty("weight_map").EnumerateObject()
                    .Select(entry => entry.Value.GetString() ?? "").Distinct().Order(StringComparer.Ordinal),
            ];
            return
            [
                .. shards.Select(shard => listing.Find(shard) is { } file && !shard.Contains('/')
                    ? file
                    : throw new HubException(
                        $"{what}: {name} names the shard '{shard}', expected a file beside it, found none")),
            ];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HubException($"{what}: {name}: expected an index with weight_map: {e.Message}");
        }
    }

    private static bool IsSetting(string name) => !name.Contains('/')
        && (s_settings.Contains(name)
            || name.StartsWith("vocab.", StringComparison.Ordinal)
            || (name.StartsWith("tokenizer", StringComparison.Ordinal)
                && Path.GetExtension(name) is ".json" or ".model"));
}
