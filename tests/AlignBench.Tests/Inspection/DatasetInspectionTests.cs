using AlignBench.Data;
using AlignBench.Inspection;
using AlignBench.Reports;

namespace AlignBench.Tests.Inspection;

public class DatasetInspectionTests
{
    [Fact]
    public void Run_AFolderOfAllSorts_CountsEachOfThem()
    {
        using TemporaryFolder folder = new();
        DatasetFacts facts = Inspect(MixedFolder(folder), ImageDepth.Header);

        Assert.Equal(
            [
                ("files", 6), ("items", 6), ("groups", 6), ("images", 6), ("captions", 7), ("duplicate_captions", 1),
                ("skipped", 1), ("image_bytes", facts.Images!.Bytes), ("distinct_images", 5),
                ("duplicate_images", 1), ("broken_images", 1), ("turned_images", 1), ("images_with_alpha", 1),
                ("format_jpeg", 4), ("format_png", 1),
            ],
            InspectionTables.Counts(facts));
        Assert.Equal(
            [new Duplicate("caption", "b.jpg#0", "a.jpg#1"), new Duplicate("image", "e.jpg", "a.jpg")],
            facts.Duplicates);
        Assert.Equal("d.jpg", Assert.Single(facts.Images.Broken).Image.Id);
        Assert.Equal([(17L, 1L), (30, 2), (70, 1), (100, 1)], facts.Images.Width.Counts.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([(1L, 5L), (2, 1)], facts.Items.CaptionsPerImage.Counts.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([(1L, 4L), (2, 2), (3, 1)], facts.Items.WordsPerCaption.Counts.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Run_Decoding_FindsTheImageThatIsCutShort()
    {
        using TemporaryFolder folder = new();
        string data = MixedFolder(folder);
        byte[] whole = File.ReadAllBytes(Path.Combine(data, "b.jpg"));
        File.WriteAllBytes(Path.Combine(data, "b.jpg"), whole[..^200]);

        Assert.Equal(["d.jpg"], Inspect(data, ImageDepth.Header).Images!.Broken.Select(broken => broken.Image.Id));
        Assert.Equal(
            ["b.jpg", "d.jpg"], Inspect(data, ImageDepth.Pixels).Images!.Broken.Select(broken => broken.Image.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_WithoutImages_ReadsNone(int threads)
    {
        using TemporaryFolder folder = new();
        string data = MixedFolder(folder);
        File.Delete(Path.Combine(data, "a.jpg"));
        DatasetSource source = new() { Format = "image-folder", Path = data };

        DatasetFacts facts = DatasetInspection.Run(source, ImageDepth.None, threads, null, CancellationToken.None);

        Assert.Null(facts.Images);
        Assert.Equal(5, facts.Items.Items);
    }

    // Counts of data/toy/expected/counts.json.
    [Fact]
    public void Run_ToyPreferences_CountsTies()
    {
        DatasetSource source = new() { Format = "pickapic", Path = Path.Combine(TestPaths.Toy, "data", "pickapic") };

        DatasetFacts facts = DatasetInspection.Run(source, ImageDepth.Header, 2, null, CancellationToken.None);

        Dictionary<string, long> counts = InspectionTables.Counts(facts).ToDictionary(c => c.What, c => c.Count);
        Assert.Equal(counts["items"], counts["decided"] + counts["ties"] + counts["unlabelled"]);
        Assert.True(counts["ties"] > 0);
        Assert.Equal(counts["images"], counts["format_jpeg"]);
        Assert.Equal(counts["groups"], facts.Items.ItemsPerGroup.Count);
    }

    [Fact]
    public void Run_TellsHowFarItIsAndCanBeStopped()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        DatasetSource source = new() { Format = "image-folder", Path = MixedFolder(folder) };
        List<long> reported = [];
        Recorder progress = new(reported);

        DatasetInspection.Run(source, ImageDepth.Header, 1, progress, stop.Token);

        Assert.Equal([0L, 1, 2, 3, 4, 5, 6], reported);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => DatasetInspection.Run(source, ImageDepth.Header, 1, null, stop.Token));
    }

    [Fact]
    public void Write_Tables_ReadBackAsTheFacts()
    {
        using TemporaryFolder folder = new();
        DatasetFacts facts = Inspect(MixedFolder(folder), ImageDepth.Header);

        InspectionTables.Write(folder.File("facts/deep"), facts);

        CsvTable counts = CsvTable.Read(folder.File("facts/deep/counts.csv"));
        Assert.Equal(
            InspectionTables.Counts(facts),
            Enumerable.Range(0, counts.Rows.Count).Select(row => (counts.Text(row, "what"), counts.Whole(row, "count"))));
        CsvTable duplicates = CsvTable.Read(folder.File("facts/deep/duplicates.csv"));
        Assert.Equal(["caption", "b.jpg#0", "a.jpg#1"], duplicates.Rows[0]);
        Assert.Equal("d.jpg", CsvTable.Read(folder.File("facts/deep/broken.csv")).Text(0, "image"));
        Assert.Equal("no caption", CsvTable.Read(folder.File("facts/deep/skipped.csv")).Text(0, "reason"));
        CsvTable histograms = CsvTable.Read(folder.File("facts/deep/histograms.csv"));
        Assert.Equal(["image_width", "17", "1"], histograms.Rows.First(row => row[0] == "image_width"));
    }

    private static DatasetFacts Inspect(string folder, ImageDepth depth) => DatasetInspection.Run(
        new DatasetSource { Format = "image-folder", Path = folder }, depth, 2, null, CancellationToken.None);

    // A turned JPEG, a PNG with alpha, a file that is no image, the first once more, one without a caption.
    private static string MixedFolder(TemporaryFolder folder)
    {
        string images = TestPaths.Golden("images", "sources");
        (string Name, string? Source, string? Captions)[] files =
        [
            ("a.jpg", "exif1_30x20.jpg", "one\na cat"),
            ("b.jpg", "exif6_100x60.jpg", "a cat"),
            ("c.png", "rgba_70x52.png", "two  three\tfour"),
            ("d.jpg", null, "four"),
            ("e.jpg", "exif1_30x20.jpg", "five"),
            ("f.jpg", "one_17x1.jpg", "six"),
            ("g.jpg", "one_1x1.jpg", null),
        ];
        foreach ((string name, string? source, string? captions) in files)
        {
            folder.Write($"mixed/{name}", "no image");
            if (source is not null)
            {
                File.Copy(Path.Combine(images, source), folder.File($"mixed/{name}"), overwrite: true);
            }

            if (captions is not null)
            {
                folder.Write($"mixed/{Path.ChangeExtension(name, ".txt")}", captions);
            }
        }

        return folder.File("mixed");
    }

    private sealed class Recorder(List<long> reported) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => reported.Add(value.Done);
    }
}
