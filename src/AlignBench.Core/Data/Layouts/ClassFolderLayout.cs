using AlignBench.Data.Files;
using AlignBench.Data.Packed;

namespace AlignBench.Data.Layouts;

/// <summary>
/// Images sorted into a folder a class, as ImageNet's <c>train</c> and <c>val</c> are after unpacking: the class is the
/// first folder below the path (<c>n01440764</c>), at any depth of the image in it. An item is an image, known by its
/// path from there; its one caption is the folder's name. In the order of the paths (ordinal).
/// </summary>
internal static class ClassFolderLayout
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
        return new IndexedDataset(source, [], cancellation => ReadIndex(folder, images, cancellation));
    }

    private static DatasetIndex ReadIndex(string folder, string[] images, CancellationToken cancellation)
    {
        IndexBuilder builder = new(folder);
        foreach (string image in images)
        {
            cancellation.ThrowIfCancellationRequested();
            string id = Path.GetRelativePath(folder, image).Replace('\\', '/');
            int end = id.IndexOf('/', StringComparison.Ordinal);
            if (end < 0)
            {
                builder.Skip(id, "in no class's folder");
                continue;
            }

            Item item = new()
            {
                Id = id,
                Group = id,
                Images = [new ImageReference(id, image)],
                Captions = [new Caption(id, id[..end])],
            };
            builder.Add(id, item, new WholeFile(image));
        }

        return builder.Build();
    }
}
