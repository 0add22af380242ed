using AlignBench.Data;
using AlignBench.Features.Extraction;

namespace AlignBench.Inspection;

/// <summary>How much of each image is looked at.</summary>
public enum ImageDepth
{
    /// <summary>Nothing is read.</summary>
    None,

    /// <summary>The bytes and the header.</summary>
    Header,

    /// <summary>Every pixel is decoded.</summary>
    Pixels,
}

/// <summary>Looks through a data set. Images are streamed, so that memory holds the items and a few images.</summary>
public static class DatasetInspection
{
    private const int ImagesAhead = 4;                      // for each thread

    /// <param name="source">Where the data set is.</param>
    /// <param name="depth">How much of the images is looked at.</param>
    /// <param name="threads">Images looked at side by side, 1 or more.</param>
    /// <param name="progress">Told after each image.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <exception cref="DataException">The data set can't be read.</exception>
    public static DatasetFacts Run(
        DatasetSource source,
        ImageDepth depth,
        int threads,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        IDataset dataset = DatasetCatalog.Open(source);
        DatasetItems content = dataset.ReadItems(cancellation);
        return new DatasetFacts
        {
            Name = dataset.Name,
            Files = dataset.Files.Count,
            Items = ItemFacts.Of(content.Items, cancellation),
            Images = depth == ImageDepth.None
                ? null
                : Read(dataset, content.Items, depth == ImageDepth.Pixels, threads, progress, cancellation),
            Skipped = content.Skipped,
        };
    }

    private static ImageFacts Read(
        IDataset dataset,
        IReadOnlyList<Item> items,
        bool decode,
        int threads,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        string[] ids = [.. items.SelectMany(item => item.Images).Select(image => image.Id).Distinct()];
        StageProgress reached = new($"images of {dataset.Name}", 0, ids.Length);
        progress?.Report(reached);

        ImageFacts facts = new(ids);
        // One thread reads: DuckDB keeps a while what it has freed, for each thread that has read through it.
        IEnumerable<bool> looks = OrderedWork.Run(
            dataset.ReadImages(ids.ToHashSet(), cancellation),
            image =>
            {
                facts.Add(image, decode);
                return true;
            },
            threads,
            ImagesAhead * threads,
            cancellation);
        foreach ((int i, bool _) in looks.Index())
        {
            progress?.Report(reached with { Done = i + 1 });
        }

        return facts;
    }
}
