using AlignBench.Hub;
using AlignBench.Hub.Cache;
using AlignBench.Models;

namespace AlignBench.Features;

/// <summary>Finds checkpoints on this machine: a folder, or a name in the Hugging Face cache.</summary>
public static class ModelLocator
{
    private const string ConfigFile = "config.json";

    /// <param name="model">A folder (absolute or under <paramref name="root"/>), or a hub id such as
    /// <c>facebook/dinov2-small</c> that the Hugging Face cache holds, or its short name in the catalog.</param>
    /// <param name="root">Where relative folders start.</param>
    /// <returns>The folder that holds the checkpoint's config.json.</returns>
    /// <exception cref="CheckpointException">Nothing of that name is there.</exception>
    public static string Find(string model, string root) =>
        Find(model, root, HubEnvironment.Process.Cache);

    /// <summary>The same with another folder as the Hugging Face cache.</summary>
    internal static string Find(string model, string root, string cache)
    {
        ArgumentNullException.ThrowIfNull(model);
        string folder = Path.GetFullPath(model, root);
        if (File.Exists(Path.Combine(folder, ConfigFile)))
        {
            return folder;
        }

        if (Directory.Exists(folder))
        {
            throw new CheckpointException($"{folder}: expected a Hugging Face checkpoint, found no {ConfigFile}");
        }

        return Cached(model, cache) ?? throw new CheckpointException(
            $"unknown model '{model}': no folder {folder}, and the Hugging Face cache {cache} "
            + "does not hold it ('alignbench pull' fetches it)"
            + Suggestion.For(model, Neighbours(model, folder, cache)));
    }

    /// <summary>The short name: a folder's own, a hub id's last part.</summary>
    public static string ShortName(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Path.GetFileName(model.TrimEnd('/'));
    }

    private static string? Cached(string model, string cache)
    {
        string? snapshot = HubId.TryParse(EncoderCatalog.Find(model)?.HubId ?? model) is { } id
            ? new CachedRepository(cache, id).FindSnapshot(GitRevision.Main)
            : null;
        return snapshot is not null && File.Exists(Path.Combine(snapshot, ConfigFile)) ? snapshot : null;
    }

    /// <summary>Names that a typo may have meant: the folders beside it, what is cached, and the catalog's.</summary>
    private static IEnumerable<string> Neighbours(string model, string folder, string cache)
    {
        string parent = Path.GetDirectoryName(folder)!;
        string given = Path.GetDirectoryName(model) ?? "";
        IEnumerable<string> beside = Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent).Select(path => Path.Combine(given, Path.GetFileName(path)))
            : [];
        IEnumerable<string> cached = Directory.Exists(cache)
            ? Directory.EnumerateDirectories(cache, "models--*")
                .Select(path => Path.GetFileName(path)["models--".Length..])
                .Select(name => name.Replace("--", "/", StringComparison.Ordinal))
            : [];
        IEnumerable<string> published =
            EncoderCatalog.Entries.SelectMany(entry => new[] { entry.HubId, entry.Name });
        return beside.Concat(cached).Concat(published);
    }
}
