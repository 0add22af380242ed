using AlignBench.Features.Storage;

namespace AlignBench.Features;

/// <summary>
/// The folder of stored features: <c>DATASET/MODEL/RECIPE-REQUEST.safetensors</c>. A file there is complete; one that
/// is being made is a folder of finished parts beside it, which a later process takes up. Any number of processes may
/// work on one store.
/// </summary>
public sealed class FeatureStore
{
    /// <summary>
    /// EWOULDBLOCK, which .NET hands on: another process has the file. All else, as a full disk, is an error.
    /// </summary>
    private const int WouldBlock = 11;

    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(200);

    /// <param name="root">Made if it is not there.</param>
    public FeatureStore(string root)
    {
        Root = Path.GetFullPath(root);
        Directory.CreateDirectory(Root);
        Digests = new FileDigests(Path.Combine(Root, ".state", "file-digests.json"));
    }

    public string Root { get; }

    /// <summary>Digests of input files.</summary>
    public FileDigests Digests { get; }

    /// <summary>Where the features of a request under a recipe are, or will be.</summary>
    public string PathOf(FeatureRequest request, FeatureRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(recipe);
        string key = FeatureRecipe.ShortDigest(request.Fingerprint(Digests));
        return Path.Combine(
            Root, FolderName(request.Dataset), FolderName(recipe.Model), $"{recipe.Digest}-{key}.safetensors");
    }

    /// <summary>Holds one stored file for this process until disposed; waits while another process has it.</summary>
    internal IDisposable Lock(string path, CancellationToken cancellation)
    {
        string folder = Path.Combine(Root, ".state", "locks");
        Directory.CreateDirectory(folder);
        string lockFile = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}.lock");
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == WouldBlock)
            {
                cancellation.WaitHandle.WaitOne(s_retry);
            }
        }
    }

    /// <summary>The stored file; null if it is not there or damaged.</summary>
    internal static FeatureFile? Open(string path)
    {
        try
        {
            return File.Exists(path) ? new FeatureFile(path) : null;
        }
        catch (AlignBenchException)
        {
            return null;
        }
    }

    /// <summary>Every complete file of a recipe, over all data sets: what it holds need not be encoded again.</summary>
    internal IEnumerable<string> FilesOf(FeatureRecipe recipe) =>
        Directory.EnumerateDirectories(Root)
            .Select(dataset => Path.Combine(dataset, FolderName(recipe.Model)))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, $"{recipe.Digest}-*.safetensors"))
            .Order(StringComparer.Ordinal);

    /// <summary>The contents that a recipe's complete files hold: what need not be encoded again.</summary>
    internal HashSet<ContentDigest> ContentsOf(FeatureRecipe recipe)
    {
        HashSet<ContentDigest> contents = [];
        foreach (string path in FilesOf(recipe))
        {
            using FeatureFile file = new(path);
            contents.UnionWith(file.ReadDigests());
        }

        return contents;
    }

    /// <summary>A name as a folder: its own letters, digits, dots and dashes, the rest as underscores.</summary>
    internal static string FolderName(string name)
    {
        char[] safe = [.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')];
        string folder = new(safe);
        return folder.Trim('.').Length == 0 ? "_" : folder.TrimStart('.');
    }
}
