using AlignBench.Data.Packed;
using AlignBench.Data.Tables;

namespace AlignBench.Data.Files;

/// <summary>
/// A folder of files of one kind, with the folders in it, in the order of their paths (ordinal). An item is a
/// file, known by its path from that folder; its captions are the lines of the text file of the same name beside
/// it (<c>cat.jpg</c>, <c>cat.txt</c>). If no file has one, the set has no captions; if some have, the others
/// are left out and counted.
/// </summary>
internal sealed class FileFolder
{
    private readonly DatasetSource _source;
    private readonly string _folder;
    private readonly string[] _files;
    private readonly bool _isCaptioned;

    /// <param name="source">Its path is the folder.</param>
    /// <param name="isOfKind">Asked for each file's extension, without its dot.</param>
    /// <exception cref="DataException">The source makes no sense, or there is no such folder.</exception>
    public FileFolder(DatasetSource source, Func<string, bool> isOfKind)
    {
        source.ForbidSplit();
        source.ForbidImages();
        _source = source;
        _folder = Path.GetFullPath(source.Path);
        if (!Directory.Exists(_folder))
        {
            throw new DataException($"{_folder}: no such folder");
        }

        _files = [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Where(file => isOfKind(Path.GetExtension(file).TrimStart('.')))
            .Order(StringComparer.Ordinal)];
        _isCaptioned = _files.Select(CaptionFile).Any(File.Exists);
    }

    /// <param name="add">Takes an item without its file, and the file.</param>
    public IDataset ToDataset(Action<IndexBuilder, Item, string> add)
    {
        string[] captions = [.. _files.Select(CaptionFile).Where(File.Exists)];
        return new IndexedDataset(_source, captions, cancellation => ReadIndex(add, cancellation));
    }

    private DatasetIndex ReadIndex(Action<IndexBuilder, Item, string> add, CancellationToken cancellation)
    {
        IndexBuilder builder = new(_folder);
        foreach (string file in _files)
        {
            cancellation.ThrowIfCancellationRequested();
            string id = Path.GetRelativePath(_folder, file);
            Caption[] captions = _isCaptioned ? builder.UsableCaptions(id, Captions(id, file)) : [];
            if (!_isCaptioned || captions.Length > 0)
            {
                add(builder, new Item { Id = id, Group = id, Captions = captions }, file);
            }
        }

        return builder.Build();
    }

    private static string CaptionFile(string file) => Path.ChangeExtension(file, ".txt");

    private static (string Id, string? Text)[] Captions(string id, string ofFile)
    {
        string file = CaptionFile(ofFile);
        string?[] lines = File.Exists(file) ? [.. TextLines.Read(file).Select(line => line.Text)] : [];
        return CaptionIds.Pair(id, lines, ids: null)!;
    }
}
