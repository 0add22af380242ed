using AlignBench.Data;

namespace AlignBench.Tests.Experiments;

/// <summary>Items in memory; images' bytes, where a test gives them.</summary>
internal sealed class FakeDataset : IDataset
{
    public string Name => "made-up";

    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, byte[]> Images { get; init; } = new Dictionary<string, byte[]>();

    public DatasetItems ReadItems(CancellationToken cancellation) => new([], []);

    public IReadOnlyList<string> FilesOf(IReadOnlySet<string> imageIds) => [];

    public IEnumerable<ImageBytes> ReadImages(IReadOnlySet<string> imageIds, CancellationToken cancellation) =>
        imageIds.Where(Images.ContainsKey).Select(id => new ImageBytes(new ImageReference(id, id), Images[id]));
}
