using AlignBench.Features;
using Serilog.Core;

namespace AlignBench.Tests.Features;

public class FeatureExtractionTests
{
    [Fact]
    public void Captions_EqualTexts_AreEncodedOnceAndShareARow()
    {
        using TemporaryFolder folder = new();
        FakeEncoder encoder = new();

        string path = Extract(folder, encoder, "one", "two", "one", "three");

        Assert.Equal(3, encoder.Calls);
        using FeatureFile file = new(path);
        (string[] ids, long[] rows) = file.ReadEntries();
        Assert.Equal(["0", "1", "2", "3"], ids);
        Assert.Equal([0L, 1, 0, 2], rows);
        Assert.Equal(3, file.Count);
        float[] row = new float[3];
        file.ReadRow(2, row);
        Assert.Equal([5f, 't', 1f], row);
    }

    [Fact]
    public void Captions_Again_EncodesNothing()
    {
        using TemporaryFolder folder = new();
        string first = Extract(folder, new FakeEncoder(), "one", "two");
        byte[] bytes = File.ReadAllBytes(first);
        FakeEncoder second = new();

        Assert.Equal(first, Extract(folder, second, "one", "two"));
        Assert.Equal(0, second.Calls);
        Assert.Equal(bytes, File.ReadAllBytes(first));
    }

    [Fact]
    public void Captions_OfAnotherRequestUnderTheSameRecipe_AreTakenFromTheStore()
    {
        using TemporaryFolder folder = new();
        Extract(folder, new FakeEncoder(), "one", "two", "three");
        FakeEncoder second = new();

        string path = Extract(folder, second, "three", "four");

        Assert.Equal(1, second.Calls);
        using FeatureFile file = new(path);
        Assert.Equal(2, file.Count);
    }

    [Fact]
    public void Captions_ThatTheStoreHasAllOf_NeedNoEncoder()
    {
        using TemporaryFolder folder = new();
        Extract(folder, new FakeEncoder(), "one", "two", "three");
        FakeEncoder second = new();

        using FeatureFile file = new(Extract(folder, second, "two", "one"));

        Assert.Equal(0, second.Calls);
        Assert.Equal([0L, 1], file.ReadEntries().Rows);
        Assert.Empty(Directory.GetDirectories(folder.Root, "*.parts", SearchOption.AllDirectories));
    }

    [Fact]
    public void Captions_FailedBeforeAnythingWasDone_LeaveNoParts()
    {
        using TemporaryFolder folder = new();
        FakeEncoder broken = new();
        broken.Failures["one"] = new InvalidOperationException("the machine went down");

        Assert.Throws<InvalidOperationException>(() => Extract(folder, broken, "one"));

        Assert.Empty(Directory.GetDirectories(folder.Root, "*.parts", SearchOption.AllDirectories));
    }

    [Fact]
    public void Captions_AfterAFailure_GoOnWhereItStopped()
    {
        using TemporaryFolder folder = new();
        string[] texts = [.. Enumerable.Range(0, 100).Select(i => $"text {i}")];
        FakeEncoder broken = new();
        broken.Failures["text 70"] = new InvalidOperationException("the machine went down");
        Assert.Throws<InvalidOperationException>(() => Extract(folder, broken, texts));
        Assert.Empty(Directory.GetFiles(folder.Root, "*.tmp", SearchOption.AllDirectories));

        FakeEncoder second = new();
        string resumed = Extract(folder, second, texts);
        using TemporaryFolder fresh = new();
        string straight = Extract(fresh, new FakeEncoder(), texts);

        Assert.InRange(second.Calls, 1, 68);     // the first block of 32 was kept
        Assert.Equal(File.ReadAllBytes(straight), File.ReadAllBytes(resumed));
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(resumed)!, "*.parts"));
    }

    [Fact]
    public void Captions_MoreBrokenThanAllowed_NamesTheFirst()
    {
        using TemporaryFolder folder = new();
        FakeEncoder encoder = new();
        encoder.Failures["two"] = new ImageException("no token");

        DataException failure = Assert.Throws<DataException>(() => Extract(folder, encoder, "one", "two"));

        Assert.Equal("caption 1: no token", failure.Message);
    }

    [Fact]
    public void Captions_AllowedToSkip_ListsWhatIsMissing()
    {
        using TemporaryFolder folder = new();
        FakeEncoder encoder = new();
        encoder.Failures["two"] = new ImageException("no token");

        string path = Run(folder, encoder, maxSkipped: 1, "one", "two", "three");

        using FeatureFile file = new(path);
        Assert.Equal([0L, -1, 1], file.ReadEntries().Rows);
        Assert.Equal([new SkippedImage("1", "caption 1: no token")], file.ReadSkipped());
        FeatureTable table = FeatureTable.Load(file);
        Assert.False(table.Contains("1"));
    }

    [Fact]
    public void Captions_StoredWithMoreSkippedThanAllowedNow_FailAsIfTheyWereEncoded()
    {
        using TemporaryFolder folder = new();
        FakeEncoder encoder = new();
        encoder.Failures["two"] = new ImageException("no token");
        Run(folder, encoder, maxSkipped: 1, "one", "two", "three");

        DataException failure =
            Assert.Throws<DataException>(() => Run(folder, encoder, maxSkipped: 0, "one", "two", "three"));

        Assert.Equal("caption 1: no token", failure.Message);
        Run(folder, encoder, maxSkipped: 1, "one", "two", "three");
    }

    [Fact]
    public void Captions_FeatureNotFinite_NamesModelLayerAndItem()
    {
        using TemporaryFolder folder = new();

        AlignBenchException failure = Assert.Throws<AlignBenchException>(() =>
            Extract(folder, new FakeEncoder { NotFinite = "two" }, "one", "two"));

        Assert.Equal(
            "fake: penultimate_mean of caption 1: feature 2 is NaN, expected a finite number", failure.Message);
    }

    [Fact]
    public void Average_OfEntries_IsTheMeanOfTheirRows()
    {
        using TemporaryFolder folder = new();
        using FeatureFile file = new(Extract(folder, new FakeEncoder(), "a", "ccc"));

        FeatureMatrix mean = FeatureTable.Load(file).Average([["0", "1"], ["1"]]);

        // Lengths 1 and 3, letters a = 97 and c = 99.
        Assert.Equal([2.0, 98.0, 1.0, 3.0, 99.0, 1.0], mean.Values);
    }

    [Fact]
    public void Captions_TwoAtOnce_MakeOneFileOfTheSameBytes()
    {
        using TemporaryFolder folder = new();
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"text {i}")];

        string[] paths = new string[2];
        Parallel.For(0, 2, i => paths[i] = Extract(folder, new FakeEncoder(), texts));

        Assert.Equal(paths[0], paths[1]);
        Assert.Single(Directory.GetFiles(folder.Root, "*.safetensors", SearchOption.AllDirectories));
    }

    private static string Extract(TemporaryFolder folder, FakeEncoder encoder, params string[] texts) =>
        Run(folder, encoder, maxSkipped: 0, texts);

    private static string Run(TemporaryFolder folder, FakeEncoder encoder, int maxSkipped, params string[] texts)
    {
        CaptionRequest request = new()
        {
            Dataset = "made-up",
            Ids = [.. texts.Select((_, i) => $"{i}")],
            Texts = texts,
            MaxSkipped = maxSkipped,
        };
        FeatureExtraction extraction = new(new FeatureStore(folder.Root), threads: 2, Logger.None);
        return extraction.Captions(request, FakeEncoder.Recipes, () => encoder, null, CancellationToken.None)[0];
    }
}
