using System.Text.Json;
using AlignBench.Safetensors;

namespace AlignBench.Features;

/// <summary>
/// One stored extraction (safetensors): <c>features</c> float32 [u, d] of the u distinct contents, <c>digests</c>
/// uint8 [u, 32] their SHA-256, <c>rows</c> int64 [m] the row of each of the m entries (-1: skipped), <c>ids</c>
/// uint8 the entries' ids as a JSON array. Metadata: recipe, model, selection, dataset, content, skipped.
/// </summary>
public sealed class FeatureFile : IDisposable
{
    /// <summary>The words of <see cref="Content"/>.</summary>
    public const string Images = "images";

    /// <inheritdoc cref="Images"/>
    public const string Captions = "captions";

    private readonly SafetensorsFile _file;

    /// <exception cref="AlignBenchException">The file is not one of these.</exception>
    public FeatureFile(string path)
    {
        Path = path;
        _file = SafetensorsFile.Open(path);
        foreach (string name in (string[])["features", "digests", "rows", "ids"])
        {
            if (!_file.Tensors.ContainsKey(name))
            {
                _file.Dispose();
                throw new AlignBenchException(
                    $"{path}: not a feature file: tensor '{name}' is missing (alignbench extract writes these)");
            }
        }

        IReadOnlyList<long> shape = _file.Tensors["features"].Shape;
        Count = checked((int)shape[0]);
        Width = checked((int)shape[1]);
    }

    public string Path { get; }

    /// <summary>u, distinct contents.</summary>
    public int Count { get; }

    /// <summary>d.</summary>
    public int Width { get; }

    public string Model => Metadata("model");

    public string Dataset => Metadata("dataset");

    public string Selection => Metadata("selection");

    /// <summary>What the entries are, images or captions.</summary>
    public string Content => Metadata("content");

    /// <summary>[u].</summary>
    public ContentDigest[] ReadDigests()
    {
        byte[] bytes = _file.Read<byte>("digests");
        ContentDigest[] digests = new ContentDigest[Count];
        for (int i = 0; i < Count; i++)
        {
            digests[i] = ContentDigest.Read(bytes.AsSpan(i * ContentDigest.Size));
        }

        return digests;
    }

    /// <summary>[m] ids and the row of each, -1 for a skipped one.</summary>
    public (string[] Ids, long[] Rows) ReadEntries()
    {
        string[] ids = JsonSerializer.Deserialize<string[]>(_file.Read<byte>("ids")) ?? [];
        return (ids, _file.Read<long>("rows"));
    }

    public SkippedImage[] ReadSkipped() =>
        JsonSerializer.Deserialize<SkippedImage[]>(Metadata("skipped")) ?? [];

    /// <summary>One content's features.</summary>
    /// <param name="row">0 .. u - 1.</param>
    /// <param name="destination">[d], written.</param>
    public void ReadRow(int row, Span<float> destination) => _file.Read("features", (long)row * Width, destination);

    public void Dispose() => _file.Dispose();

    private string Metadata(string key) =>
        _file.Metadata.TryGetValue(key, out string? value)
            ? value
            : throw new AlignBenchException($"{Path}: not a feature file: metadata '{key}' is missing");
}
