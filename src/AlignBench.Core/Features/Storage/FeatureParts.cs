using System.Globalization;
using AlignBench.Safetensors;
using Serilog;

namespace AlignBench.Features.Storage;

/// <summary>The finished parts of one unfinished extraction: files of some hundred contents each.</summary>
internal sealed class FeatureParts : IDisposable
{
    private readonly string _folder;
    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<ContentDigest, (int File, int Row)> _rows = [];
    private int _next;   // number of the next part

    /// <param name="folder">Made if it is not there; what is there is taken up.</param>
    /// <param name="log">Told which parts are damaged; these are removed.</param>
    public FeatureParts(string folder, ILogger log)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        AtomicFile.DeleteOrphans(folder);
        foreach (string path in Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal))
        {
            if (!int.TryParse(Path.GetFileNameWithoutExtension(path), out int number))
            {
                continue;   // not ours
            }

            _next = number + 1;
            try
            {
                Take(path);
            }
            catch (AlignBenchException e)
            {
                log.Warning("Encoding a part again: {Reason:l}", e.Message);
                File.Delete(path);
            }
        }
    }

    /// <summary>d, once a part is there.</summary>
    public int Width { get; private set; }

    public bool Contains(ContentDigest content) => _rows.ContainsKey(content);

    /// <param name="contents">[p].</param>
    /// <param name="vectors">[p] vectors of [d].</param>
    public void Add(IReadOnlyList<ContentDigest> contents, IReadOnlyList<float[]> vectors)
    {
        string path = Path.Combine(
            _folder, string.Create(CultureInfo.InvariantCulture, $"{_next++:D6}.safetensors"));
        int width = vectors[0].Length;
        using (ChecksummedWriter writer = new(
            path,
            [
                new TensorSpec("features", StoredType.F32, [contents.Count, width]),
                new TensorSpec("digests", StoredType.U8, [contents.Count, ContentDigest.Size]),
            ]))
        {
            foreach (float[] vector in vectors)
            {
                writer.Write<float>("features", vector);
            }

            writer.Write<byte>("digests", FeatureFileWriter.Bytes(contents));
            writer.Commit();
        }

        Take(path);
    }

    public void ReadRow(ContentDigest content, Span<float> destination)
    {
        (int file, int row) = _rows[content];
        _files[file].Read("features", (long)row * Width, destination);
    }

    /// <summary>Removes the parts, once they are merged.</summary>
    public void Delete()
    {
        Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    public void Dispose()
    {
        _files.ForEach(file => file.Dispose());
        _files.Clear();
        if (Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            Directory.Delete(_folder);   // it failed before anything was done
        }
    }

    private void Take(string path)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        try
        {
            if (!file.Tensors.ContainsKey(FeatureChecksum.Tensor))
            {
                throw new DataException($"{path}: not a part of an extraction: it has no {FeatureChecksum.Tensor}");
            }

            FeatureChecksum.ThrowIfDamaged(file);
            byte[] digests = file.Read<byte>("digests");
            int width = checked((int)file.Tensors["features"].Shape[1]);
            for (int row = 0; row < digests.Length / ContentDigest.Size; row++)
            {
                _rows[ContentDigest.Read(digests.AsSpan(row * ContentDigest.Size))] = (_files.Count, row);
            }

            Width = width;
            _files.Add(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
