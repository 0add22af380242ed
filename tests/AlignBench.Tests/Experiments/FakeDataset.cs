using AlignBench.Data;

namespace AlignBench.Tests.Experiments;

/// <summary>Items in memory, without images' bytes.</summary>
internal sealed class FakeDataset : IDataset
{
    public string Name => "made-up";

    public IReadOnlyList<string> Files { get; init; } = [];

    public DatasetItems ReadItems(CancellationToken cancellation) => new([], []);

    public IReadOnlyList<string> FilesOf(IReadOnlySet<string> imageIds) => [];

    public IEnumerable<ImageBytes> ReadImages(IReadOnlySet<string> imageIds, CancellationToken cancellation) => [];
}
