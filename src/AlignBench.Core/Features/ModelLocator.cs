using AlignBench.Models;

namespace AlignBench.Features;

/// <summary>Finds checkpoints on this machine: a folder, or a name in the Hugging Face cache.</summary>
public static class ModelLocator
{
    private const string ConfigFile = "config.json";

    /// <param name="model">A folder (absolute or under <paramref name="root"/>), or a hub id such as
    /// <c>facebook/dinov2-small</c> that the Hugging Face cache holds.</param>
    /// <param name="root">Where relative folders start.</param>
    /// <returns>The folder that holds the checkpoint's config.json.</returns>
    /// <exception cref="CheckpointException">Nothing of that name is there.</exception>
    public static string Find(string model, string root) => Find(model, root, Cache());

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

        string? cached = Cached(model, cache);
        return cached ?? throw new CheckpointException(
            $"unknown model '{model}': no folder {folder}, and the Hugging Face cache {cache} does not hold it"
            + Suggestion.For(model, Neighbours(model, folder)));
    }

    /// <summary>The short name: a folder's own, a hub id's last part.</summary>
    public static string ShortName(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Path.GetFileName(model.TrimEnd('/'));
    }

    private static string? Cached(string model, string cache)
    {
        string repository = Path.Combine(cache, $"models--{model.Replace("/", "--", StringComparison.Ordinal)}");
        string reference = Path.Combine(repository, "refs", "main");
        if (!File.Exists(reference))
        {
            return null;
        }

        string snapshot = Path.Combine(repository, "snapshots", File.ReadAllText(reference).Trim());
        return File.Exists(Path.Combine(snapshot, ConfigFile)) ? snapshot : null;
    }

    /// <summary>As huggingface_hub: HF_HUB_CACHE, or hub/ under HF_HOME, or under ~/.cache/huggingface.</summary>
    private static string Cache()
    {
        if (Environment.GetEnvironmentVariable("HF_HUB_CACHE") is { Length: > 0 } hub)
        {
            return hub;
        }

        string home = Environment.GetEnvironmentVariable("HF_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "huggingface");
        return Path.Combine(home, "hub");
    }

    /// <summary>Names that a typo may have meant: the folders beside it, and the catalog's.</summary>
    private static IEnumerable<string> Neighbours(string model, string folder)
    {
        string parent = Path.GetDirectoryName(folder)!;
        string given = Path.GetDirectoryName(model) ?? "";
        IEnumerable<string> beside = Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent).Select(path => Path.Combine(given, Path.GetFileName(path)))
            : [];
        return beside.Concat(EncoderCatalog.Entries.Select(entry => entry.HubId));
    }
}
