using AlignBench.Features.Extraction;
using Serilog;

namespace AlignBench.Features.Storage;

/// <summary>What one extraction already has: rows of complete files of the same recipes, and its own parts.</summary>
internal sealed class StoredRows : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ILogger _log;
    private readonly FeatureRecipe[] _recipes;
    private readonly string[] _paths;
    private readonly FeatureParts[] _parts;                                    // one a recipe
    private readonly List<FeatureFile> _files = [];
    private readonly Dictionary<ContentDigest, (FeatureFile File, int Row)>[] _rows;   // one a recipe

    /// <param name="store">Where the files are.</param>
    /// <param name="recipes">What they were encoded by.</param>
    /// <param name="paths">The files to be made, one a recipe; a damaged one is removed.</param>
    /// <param name="log">Told what is damaged.</param>
    public StoredRows(FeatureStore store, FeatureRecipe[] recipes, string[] paths, ILogger log)
    {
        _log = log;
        _recipes = recipes;
        _paths = paths;
        _parts = [.. paths.Select(path => new FeatureParts(PartsFolder(path), log))];
        _rows = [.. recipes.Select(recipe => ReadComplete(store, recipe))];
    }

    /// <summary>Whether a content's features are there under every recipe; any thread may ask.</summary>
    public bool Contains(ContentDigest content)
    {
        lock (_lock)
        {
            return Enumerable.Range(0, _recipes.Length)
                .All(i => _parts[i].Contains(content) || _rows[i].ContainsKey(content));
        }
    }

    /// <param name="contents">[p].</param>
    /// <param name="vectors">[p][recipes] vectors of [d].</param>
    public void Add(ContentDigest[] contents, float[][][] vectors)
    {
        lock (_lock)
        {
            for (int i = 0; i < _recipes.Length; i++)
            {
                int recipe = i;
                _parts[i].Add(contents, [.. vectors.Select(ofContent => ofContent[recipe])]);
            }
        }
    }

    /// <summary>[d]: what a recipe has of a content that is there.</summary>
    public float[] Row(int recipe, ContentDigest content)
    {
        float[] row = new float[Width(recipe, [content])];
        ReadRow(recipe, content, row);
        return row;
    }

    /// <summary>Writes the complete files and removes the parts.</summary>
    /// <param name="request">What the entries are.</param>
    /// <param name="ledger">Which row each has.</param>
    /// <param name="agreements">One a recipe, null for float32.</param>
    public void Merge(FeatureRequest request, EntryLedger ledger, PrecisionAgreement?[] agreements)
    {
        List<ContentDigest> contents = ledger.Contents();
        long[] rows = ledger.Rows(contents);
        SkippedImage[] skipped = ledger.Skipped();
        for (int i = 0; i < _recipes.Length; i++)
        {
            int recipe = i;
            if (!File.Exists(_paths[i]))
            {
                FeatureFileWriter.Write(
                    _paths[i], request, _recipes[i], contents, Width(recipe, contents), rows, skipped, agreements[i],
                    (content, destination) => ReadRow(recipe, content, destination));
            }

            _parts[i].Delete();
        }
    }

    public void Dispose()
    {
        foreach (FeatureParts parts in _parts)
        {
            parts.Dispose();
        }

        _files.ForEach(file => file.Dispose());
    }

    private Dictionary<ContentDigest, (FeatureFile File, int Row)> ReadComplete(FeatureStore store, FeatureRecipe recipe)
    {
        Dictionary<ContentDigest, (FeatureFile File, int Row)> rows = [];
        foreach (string path in store.FilesOf(recipe))
        {
            if (FeatureStore.Open(path) is not FeatureFile file)
            {
                LeaveOut(path);
                continue;
            }

            _files.Add(file);
            ContentDigest[] digests = file.ReadDigests();
            for (int row = 0; row < digests.Length; row++)
            {
                rows.TryAdd(digests[row], (file, row));
            }
        }

        return rows;
    }

    /// <summary>What is damaged is encoded again; a file of another request is left to who makes that.</summary>
    private void LeaveOut(string path)
    {
        _log.Warning("{Path:l} is damaged and not used", path);
        if (_paths.Contains(path))
        {
            File.Delete(path);
        }
    }

    private int Width(int recipe, List<ContentDigest> contents)
    {
        if (contents.Count == 0)
        {
            throw new DataException($"{_paths[recipe]}: nothing to store: every entry was skipped");
        }

        return _parts[recipe].Contains(contents[0])
            ? _parts[recipe].Width
            : _rows[recipe][contents[0]].File.Width;
    }

    private void ReadRow(int recipe, ContentDigest content, Span<float> destination)
    {
        if (_parts[recipe].Contains(content))
        {
            _parts[recipe].ReadRow(content, destination);
            return;
        }

        (FeatureFile file, int row) = _rows[recipe][content];
        file.ReadRow(row, destination);
    }

    private static string PartsFolder(string path) => Path.ChangeExtension(path, ".parts");
}
