using System.Collections.Concurrent;
using AlignBench.Data;

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
        long done = 0;
        // Without buffering a thread takes an image when it is ready for it.
        Partitioner<ImageBytes> images = Partitioner.Create(
            dataset.ReadImages(ids.ToHashSet(), cancellation), EnumerablePartitionerOptions.NoBuffering);
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.ForEach(images, options, image =>
        {
            facts.Add(image, decode);
            progress?.Report(reached with { Done = Interlocked.Increment(ref done) });
        });
        return facts;
    }
}
