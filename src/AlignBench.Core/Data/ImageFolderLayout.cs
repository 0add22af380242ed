namespace AlignBench.Data;

/// <summary>
/// A folder of image files, with the folders in it, in the order of their paths (ordinal). An item is an
/// image, known by its path from that folder; its captions are the lines of the text file of the same name
/// beside it (<c>cat.jpg</c>, <c>cat.txt</c>). If no image has one, the set has no captions; if some have,
/// the others are left out and counted.
/// </summary>
internal static class ImageFolderLayout
{
    public static IDataset Open(DatasetSource source)
    {
        source.ForbidSplit();
        source.ForbidImages();
        string folder = Path.GetFullPath(source.Path);
        if (!Directory.Exists(folder))
        {
            throw new DataException($"{folder}: no such folder");
        }

        string[] images = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => ImageFiles.IsImage(Path.GetExtension(file).TrimStart('.')))
            .Order(StringComparer.Ordinal)];
        string[] captions = [.. images.Select(CaptionFile).Where(File.Exists)];
        return new IndexedDataset(
            source, captions, cancellation => ReadIndex(folder, images, captions.Length > 0, cancellation));
    }

    private static DatasetIndex ReadIndex(
        string folder, string[] images, bool captioned, CancellationToken cancellation)
    {
        IndexBuilder builder = new(folder);
        foreach (string image in images)
        {
            cancellation.ThrowIfCancellationRequested();
            string id = Path.GetRelativePath(folder, image);
            Caption[] captions = captioned ? builder.UsableCaptions(id, Captions(id, image)) : [];
            if (captioned && captions.Length == 0)
            {
                continue;
            }

            Item item = new()
            {
                Id = id,
                Group = id,
                Images = [new ImageReference(id, image)],
                Captions = captions,
            };
            builder.Add(id, item, new WholeFile(image));
        }

        return builder.Build();
    }

    private static string CaptionFile(string image) => Path.ChangeExtension(image, ".txt");

    private static (string Id, string? Text)[] Captions(string id, string image)
    {
        string file = CaptionFile(image);
        string?[] lines = File.Exists(file) ? [.. TextLines.Read(file).Select(line => line.Text)] : [];
        return CaptionIds.Pair(id, lines, ids: null)!;
    }
}
