namespace AlignBench.Data;

/// <summary>
/// Images and captions in one of the layouts of <see cref="DatasetCatalog"/>. Safe for several threads.
/// </summary>
public interface IDataset
{
    string Name { get; }

    /// <summary>Absolute paths of the shards or annotation files whose bytes define the set.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Whether pictures are taken as stored, whatever EXIF orientation they carry.</summary>
    bool IgnoresOrientation => false;

    /// <summary>Reads everything but the images' bytes.</summary>
    /// <exception cref="DataException">
    /// A file is damaged, lacks a column or has one of another type; an id occurs twice; no row is usable.
    /// </exception>
    DatasetItems ReadItems(CancellationToken cancellation);

    /// <summary>Every file whose bytes define these images: shards, archives or single image files.</summary>
    /// <exception cref="ArgumentException">An id is not in the data set.</exception>
    IReadOnlyList<string> FilesOf(IReadOnlySet<string> imageIds);

    /// <summary>
    /// Streams the wanted images in storage order, each once. Memory holds about one batch (64 MiB) besides
    /// the page of the shard that is being read.
    /// </summary>
    /// <exception cref="ArgumentException">An id is not in the data set.</exception>
    /// <exception cref="DataException">A file is damaged or gone.</exception>
    IEnumerable<ImageBytes> ReadImages(IReadOnlySet<string> imageIds, CancellationToken cancellation);
}
