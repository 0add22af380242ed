using System.Globalization;
using AlignBench.Safetensors;

namespace AlignBench.Features;

/// <summary>The finished parts of one unfinished extraction: files of some hundred contents each.</summary>
internal sealed class FeatureParts : IDisposable
{
    private readonly string _folder;
    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<ContentDigest, (int File, int Row)> _rows = [];

    /// <param name="folder">Made if it is not there; what is there is taken up.</param>
    public FeatureParts(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        AtomicFile.DeleteOrphans(folder);
        foreach (string file in Directory.EnumerateFiles(folder, "*.safetensors").Order(StringComparer.Ordinal))
        {
            Take(file);
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
            _folder, string.Create(CultureInfo.InvariantCulture, $"{_files.Count:D6}.safetensors"));
        int width = vectors[0].Length;
        using (SafetensorsWriter writer = new(
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
        byte[] digests = file.Read<byte>("digests");
        for (int row = 0; row < digests.Length / ContentDigest.Size; row++)
        {
            _rows[ContentDigest.Read(digests.AsSpan(row * ContentDigest.Size))] = (_files.Count, row);
        }

        _files.Add(file);
        Width = checked((int)file.Tensors["features"].Shape[1]);
    }
}
