using AlignBench.Data.Files;

namespace AlignBench.Data.Packed;

/// <summary>A data set whose layout has been turned into an index, on first use.</summary>
internal sealed class IndexedDataset : IDataset
{
    private readonly Func<CancellationToken, DatasetIndex> _readIndex;
    private readonly Lock _lock = new();
    private DatasetIndex? _index;

    /// <param name="source">Says what to call it.</param>
    /// <param name="files">See <see cref="IDataset.Files"/>.</param>
    /// <param name="readIndex">Reads everything but the images' bytes; called until it succeeds once.</param>
    public IndexedDataset(
        DatasetSource source, IReadOnlyList<string> files, Func<CancellationToken, DatasetIndex> readIndex)
    {
        Name = source.Name ?? source.Format;
        IgnoresOrientation = source.Orientation == DatasetSource.IgnoreOrientation;
        Files = files;
        _readIndex = readIndex;
    }

    public string Name { get; }

    public bool IgnoresOrientation { get; }

    public IReadOnlyList<string> Files { get; }

    public DatasetItems ReadItems(CancellationToken cancellation) => Index(cancellation).Content;

    public IReadOnlyList<string> FilesOf(IReadOnlySet<string> imageIds) =>
        [.. Wanted(imageIds, CancellationToken.None).Select(image => image.Place.File).Distinct()];

    public IEnumerable<ImageBytes> ReadImages(
        IReadOnlySet<string> imageIds, CancellationToken cancellation) =>
        PlacedImages.Read(Wanted(imageIds, cancellation), cancellation);

    private SomeImages Wanted(IReadOnlySet<string> imageIds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(imageIds);
        PackedImages images = Index(cancellation).Images;
        SomeImages wanted = new(
            images, [.. Enumerable.Range(0, images.Count).Where(i => imageIds.Contains(images[i].Image.Id))]);
        if (wanted.Count != imageIds.Count)
        {
            HashSet<string> known = [.. wanted.Select(image => image.Image.Id)];
            string unknown = imageIds.First(id => !known.Contains(id));
            throw new ArgumentException($"data set {Name} has no image {unknown}", nameof(imageIds));
        }

        return wanted;
    }

    private DatasetIndex Index(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _index ??= _readIndex(cancellation);
        }
    }
}
