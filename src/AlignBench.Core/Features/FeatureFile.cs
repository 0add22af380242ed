using System.Text;
using System.Text.Json;
using AlignBench.Features.Storage;
using AlignBench.Safetensors;

namespace AlignBench.Features;

/// <summary>
/// One stored extraction (safetensors): <c>features</c> float32 [u, d] of the u distinct contents, <c>digests</c>
/// uint8 [u, 32] their SHA-256, <c>rows</c> int64 [m] the row of each of the m entries (-1: skipped), <c>ids</c>
/// uint8 the entries' ids as a JSON array. Metadata: recipe, model, selection, dataset, content, skipped, agreement. If it has a
/// <c>sha256</c>, as all have that this program wrote, the rest is checked against it (<see cref="FeatureChecksum"/>).
/// </summary>
public sealed class FeatureFile : IDisposable
{
    /// <summary>The words of <see cref="Content"/>.</summary>
    public const string Images = "images";

    /// <inheritdoc cref="Images"/>
    public const string Captions = "captions";

    /// <inheritdoc cref="Images"/>
    public const string Sounds = "sounds";

    private readonly SafetensorsFile _file;

    /// <exception cref="AlignBenchException">The file is not one of these, or damaged.</exception>
    public FeatureFile(string path)
    {
        Path = path;
        _file = SafetensorsFile.Open(path);
        try
        {
            FeatureChecksum.ThrowIfDamaged(_file);
            IReadOnlyList<long> features = Shape("features", StoredType.F32, rank: 2);
            IReadOnlyList<long> digests = Shape("digests", StoredType.U8, rank: 2);
            Shape("rows", StoredType.I64, rank: 1);
            Shape("ids", StoredType.U8, rank: 1);
            if (digests[0] != features[0] || digests[1] != ContentDigest.Size)
            {
                throw Broken(
                    $"expected digests [{features[0]}, {ContentDigest.Size}], got {StoredTensor.ShapeText(digests)}");
            }

            if (features.Any(size => size > int.MaxValue))
            {
                throw Broken($"features {StoredTensor.ShapeText(features)} are too many");
            }

            Count = (int)features[0];
            Width = (int)features[1];
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>u, distinct contents.</summary>
    public int Count { get; }

    /// <summary>d.</summary>
    public int Width { get; }

    public string Model => Metadata("model");

    public string Dataset => Metadata("dataset");

    public string Selection => Metadata("selection");

    /// <summary>What the entries are, images, captions or sounds.</summary>
    /// <summary>How near these are to the features in float32, which is null if they are those.</summary>
    public PrecisionAgreement? Agreement => _file.Metadata.TryGetValue("agreement", out string? agreement)
        ? PrecisionAgreement.Parse(agreement)
        : null;

    /// <exception cref="AlignBenchException">The metadata do not say.</exception>
    public string Content => _file.Metadata.TryGetValue("content", out string? content)
        ? content
        : throw new DataException(
            $"{Path}: does not say whether it holds images, captions or sounds (metadata 'content'), as files of earlier versions "
            + "do not: delete it and run 'alignbench extract' again");

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

    /// <summary>[m] distinct ids and the row of each, -1 for a skipped one.</summary>
    /// <exception cref="AlignBenchException">They do not belong together.</exception>
    public (string[] Ids, long[] Rows) ReadEntries()
    {
        string[] ids = Parse<string>("tensor 'ids'", _file.Read<byte>("ids"));
        long[] rows = _file.Read<long>("rows");
        if (ids.Length != rows.Length || ids.Distinct().Count() != ids.Length)
        {
            throw Broken($"expected {rows.Length} distinct ids, one for each of the rows, got {ids.Length}");
        }

        return Array.FindIndex(rows, row => row < -1 || row >= Count) is int wrong and >= 0
            ? throw Broken($"entry '{ids[wrong]}' has row {rows[wrong]}, there are {Count}")
            : (ids, rows);
    }

    /// <exception cref="AlignBenchException">The metadata do not say.</exception>
    public SkippedImage[] ReadSkipped() =>
        Parse<SkippedImage>("metadata 'skipped'", Encoding.UTF8.GetBytes(Metadata("skipped")));

    /// <summary>One content's features.</summary>
    /// <param name="row">0 .. u - 1.</param>
    /// <param name="destination">[d], written.</param>
    public void ReadRow(int row, Span<float> destination) => _file.Read("features", (long)row * Width, destination);

    public void Dispose() => _file.Dispose();

    private IReadOnlyList<long> Shape(string name, StoredType type, int rank)
    {
        if (!_file.Tensors.TryGetValue(name, out StoredTensor? tensor))
        {
            throw Broken($"tensor '{name}' is missing (alignbench extract writes these)");
        }

        return tensor.Type == type && tensor.Shape.Count == rank
            ? tensor.Shape
            : throw Broken($"tensor '{name}' is {tensor.Description}, expected {type.Name()} of {rank} dimensions");
    }

    private T[] Parse<T>(string what, byte[] json)
        where T : class
    {
        try
        {
            T?[] parsed = JsonSerializer.Deserialize<T?[]>(json) ?? [];
            return parsed.Contains(null) ? throw Broken($"{what} holds a null") : [.. parsed.OfType<T>()];
        }
        catch (JsonException e)
        {
            throw Broken($"{what}: {e.Message}");
        }
    }

    private string Metadata(string key) =>
        _file.Metadata.TryGetValue(key, out string? value) ? value : throw Broken($"metadata '{key}' is missing");

    private DataException Broken(string what) => new DataException($"{Path}: not a feature file: {what}");
}
