using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Features.Extraction;
using AlignBench.Models;
using Serilog.Core;

namespace AlignBench.Tests.Features;

public class ImageExtractionTests
{
    [Fact]
    public void Images_OneImageInTwoItems_IsReadAndEncodedOnceForBothEntries()
    {
        using TemporaryFolder folder = new();
        Pictures pictures = new(new() { ["a"] = [7], ["b"] = [8, 8], ["c"] = [9] });
        FirstByte encoder = new();

        string path = Extract(folder, pictures, encoder, ("1#0", "a"), ("1#1", "b"), ("2#0", "a"));

        Assert.Equal(2, encoder.Calls);
        using FeatureFile file = new(path);
        (string[] ids, long[] rows) = file.ReadEntries();
        Assert.Equal(["1#0", "1#1", "2#0"], ids);
        Assert.Equal([0L, 1, 0], rows);
    }

    [Fact]
    public void Images_InWhateverOrderTheyAreStored_HaveTheRequestsOrder()
    {
        using TemporaryFolder folder = new();
        Pictures pictures = new(new() { ["a"] = [7], ["b"] = [8], ["c"] = [9] });

        using FeatureFile file = new(Extract(folder, pictures, new FirstByte(), ("x#0", "c"), ("y#0", "a")));

        float[] row = new float[1];
        file.ReadRow(0, row);
        Assert.Equal([9f], row);
    }

    [Fact]
    public void Images_OneThatTheDataLack_IsNamed()
    {
        using TemporaryFolder folder = new();

        DataException failure = Assert.Throws<DataException>(() =>
            Extract(folder, new Pictures(new() { ["a"] = [7] }), new FirstByte(), ("1#0", "a"), ("2#0", "z")));

        Assert.Equal("pictures: '2#0' was asked for and is not in the data", failure.Message);
    }

    private static string Extract(
        TemporaryFolder folder, Pictures pictures, FirstByte encoder, params (string Entry, string Image)[] wanted)
    {
        ImageRequest request = new()
        {
            Dataset = pictures.Name,
            Source = pictures,
            Ids = [.. wanted.Select(entry => entry.Entry)],
            ImageIds = [.. wanted.Select(entry => entry.Image)],
        };
        FeatureExtraction extraction = new(new FeatureStore(folder.Root), threads: 2, Logger.None);
        return extraction.Images(request, FakeEncoder.Recipes, () => encoder, null, CancellationToken.None)[0];
    }

    private sealed class FirstByte : FeatureEncoder<byte[]>
    {
        private int _calls;

        public int Calls => _calls;

        public override IReadOnlyList<FeatureSelection> Selections { get; } = [FeatureSelection.PenultimateCls];

        public override float[][] Encode(byte[] content)
        {
            Interlocked.Increment(ref _calls);
            return [[content[0]]];
        }
    }

    private sealed class Pictures(Dictionary<string, byte[]> bytes) : IDataset
    {
        public string Name => "pictures";

        public IReadOnlyList<string> Files => [];

        public DatasetItems ReadItems(CancellationToken cancellation) => new([], []);

        public IReadOnlyList<string> FilesOf(IReadOnlySet<string> imageIds) => [];

        public IEnumerable<ImageBytes> ReadImages(IReadOnlySet<string> imageIds, CancellationToken cancellation) =>
            bytes.Where(image => imageIds.Contains(image.Key))
                .Select(image => new ImageBytes(new ImageReference(image.Key, $"picture {image.Key}"), image.Value));
    }
}
