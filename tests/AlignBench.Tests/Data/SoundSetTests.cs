using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class SoundSetTests
{
    [Fact]
    public void ReadItems_VggSound_AreClipsWithLabelsAndFrames()
    {
        using TemporaryFolder folder = new();
        string csv = folder.Write(
            "vggsound.csv",
            """
            ---g-f_I2yQ,1,people marching,test
            abc,30,"playing bass guitar, loud",train
            abc,140,skiing,test
            gone,7,skiing,test
            """);
        folder.Write("audio/---g-f_I2yQ_000001.wav", "");
        folder.Write("audio/abc_000030.wav", "");
        folder.Write("audio/abc_000140.wav", "");
        folder.Write("frames/abc_000030.png", "picture");
        DatasetSource source = new()
        {
            Format = "vggsound",
            Path = csv,
            Audio = folder.File("audio"),
            Images = folder.File("frames"),
        };

        IDataset dataset = DatasetCatalog.Open(source);
        DatasetItems read = dataset.Items();

        Assert.Equal(["---g-f_I2yQ_000001", "abc_000030", "abc_000140"], read.Items.Select(item => item.Id));
        Assert.Equal(["---g-f_I2yQ", "abc", "abc"], read.Items.Select(item => item.Group));
        Assert.Equal(
            [
                new Caption("---g-f_I2yQ_000001#0", "people marching"),
                new Caption("abc_000030#0", "playing bass guitar, loud"),
                new Caption("abc_000140#0", "skiing"),
            ],
            read.Items.Select(item => Assert.Single(item.Captions)));
        Assert.Equal(
            folder.File("audio/abc_000140.wav"), Assert.Single(read.Items[2].Sounds).File);
        Assert.Equal([0, 1, 0], read.Items.Select(item => item.Images.Length));
        Assert.Equal("abc_000030", Assert.Single(dataset.Digests()).Id);
        Assert.Equal(
            [$"vggsound.csv line 4: sound file {folder.File("audio/gone_000007.wav")} is not there"],
            read.Skipped.Words());
        Assert.Equal(
            ["abc_000030"],
            DatasetCatalog.Open(source with { Split = "train" }).Items().Items.Select(item => item.Id));
        Assert.Equal(
            $"{csv}: no row of split dev; there are test, train",
            GoldenSets.Error(() => DatasetCatalog.Open(source with { Split = "dev" }).Items()));
    }

    [Fact]
    public void ReadItems_VggSoundLinesThatAreNone_AreNamed()
    {
        using TemporaryFolder folder = new();
        string csv = folder.Write("vggsound.csv", "youtube_id,start_seconds,label,split\nabc,30,dog\nx/y,1,dog,test\n");

        Assert.Equal(
            $"{csv}: expected YouTube id, start in seconds, label, split: "
            + "line 1 has start 'start_seconds', line 2 has 3 fields, line 3 has id 'x/y'",
            GoldenSets.Error(() => GoldenSets.Open("vggsound", csv).Items()));
    }

    [Theory]
    [InlineData("t.csv", "audio,split,label\na.wav,test,one\nb.wav,train,two\n")]
    [InlineData("t.tsv", "audio\tsplit\tlabel\na.wav\ttest\tone\nb.wav\ttrain\ttwo\n")]
    [InlineData(
        "t.jsonl",
        "{\"audio\": \"a.wav\", \"split\": \"test\", \"label\": 1}\n{\"audio\": \"b.wav\", \"split\": \"train\", \"label\": 1}\n")]
    public void ReadItems_ATableOfSounds_NeedsNoCaptions(string name, string text)
    {
        using TemporaryFolder folder = new();
        folder.Write("a.wav", "");
        folder.Write("b.wav", "");

        DatasetItems read = GoldenSets.Open("table", folder.Write(name, text)).Items();

        Assert.Equal(["a.wav", "b.wav"], read.Items.Select(item => item.Id));
        Assert.Equal(
            [new SoundReference("a.wav", folder.File("a.wav")), new SoundReference("b.wav", folder.File("b.wav"))],
            read.Items.SelectMany(item => item.Sounds));
        Assert.All(read.Items, item => Assert.Empty(item.Captions));
        Assert.All(read.Items, item => Assert.Empty(item.Images));
        Assert.Empty(read.Skipped);
    }

    [Fact]
    public void ReadItems_ATableOfSoundsImagesAndCaptions_HasThemAll()
    {
        using TemporaryFolder folder = new();
        folder.Write("sounds/a.wav", "");
        folder.Write("pictures/a.jpg", "picture");
        string csv = folder.Write(
            "t.csv", "clip,frame,says\na.wav,a.jpg,one\na.wav,a.jpg,two\n,a.jpg,none\nb.wav,a.jpg,gone\n");
        DatasetSource source = new()
        {
            Format = "table",
            Path = csv,
            Audio = folder.File("sounds"),
            Images = folder.File("pictures"),
            Columns = new DatasetColumns { Audio = "clip", Image = "frame", Caption = "says" },
        };

        DatasetItems read = DatasetCatalog.Open(source).Items();

        Item item = Assert.Single(read.Items);
        Assert.Equal(("a.wav", "a.wav", "a.jpg"), (item.Id, item.Sounds[0].Id, item.Images[0].Id));
        Assert.Equal([new Caption("a.wav#0", "one"), new Caption("a.wav#1", "two")], item.Captions);
        Assert.Equal(
            ["t.csv line 4: no sound", $"t.csv line 5: sound file {folder.File("sounds/b.wav")} is not there"],
            read.Skipped.Words());
    }

    [Fact]
    public void ReadItems_AnEmptyListOfCaptions_IsCounted()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.jpg", "");
        folder.Write("b.jpg", "");
        string path = folder.Write(
            "t.jsonl", "{\"image\": \"a.jpg\", \"captions\": []}\n{\"image\": \"b.jpg\", \"captions\": [\"x\"]}\n");

        DatasetItems read = GoldenSets.Open("table", path).Items();

        Assert.Equal("b.jpg", Assert.Single(read.Items).Id);
        Assert.Equal(["t.jsonl line 1: no caption"], read.Skipped.Words());
    }

    [Fact]
    public void ReadItems_AudioFolder_IsEveryWavFileInIt()
    {
        using TemporaryFolder folder = new();
        folder.Write("b/dog.WAV", "x");
        folder.Write("b/dog.txt", "a dog barks\n");
        folder.Write("a.wav", "x");
        folder.Write("b/cover.jpg", "x");

        DatasetItems read = GoldenSets.Open("audio-folder", folder.Root).Items();

        Item item = Assert.Single(read.Items);
        Assert.Equal(new SoundReference("b/dog.WAV", folder.File("b/dog.WAV")), Assert.Single(item.Sounds));
        Assert.Equal(["a.wav: no caption"], read.Skipped.Words());
    }

    [Fact]
    public void Open_AnAudioFolderWhereItSaysNothing_IsRefused()
    {
        using TemporaryFolder folder = new();
        string table = folder.Write("t.csv", "audio\na.wav\n");

        Assert.Equal(
            "format coco has no sounds; an audio folder is for format table, vggsound",
            GoldenSets.Error(() => DatasetCatalog.Open(
                new DatasetSource { Format = "coco", Path = table, Audio = folder.Root })));
        Assert.Equal(
            $"{folder.File("x")}: no such audio folder",
            GoldenSets.Error(() => DatasetCatalog.Open(
                new DatasetSource { Format = "table", Path = table, Audio = folder.File("x") })));
    }
}
