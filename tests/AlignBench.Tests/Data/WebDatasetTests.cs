using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class WebDatasetTests
{
    [Fact]
    public void ReadItems_TwoShards_AreTheExpectedOnes()
    {
        IDataset dataset = GoldenSets.Open("webdataset", GoldenSets.Folder("webdataset", "0000?.tar"));
        JsonElement[] expected = GoldenSets.ExpectedItems("webdataset");

        DatasetItems read = dataset.Items();

        Assert.Empty(read.Skipped);
        Assert.Equal(
            expected.Select(item => (item.Text("id"), item.Texts("captions").Single())),
            read.Items.Select(item => (item.Id, (string?)Assert.Single(item.Captions).Text)));
        Assert.Equal(
            expected.Select(item => (item.Text("id"), item.Text("image_sha256"))), dataset.Digests());
        Assert.Equal(
            [GoldenSets.Folder("webdataset", "00001.tar")], dataset.FilesOf(
                new HashSet<string> { "000005" }));
    }

    // img.0.jpg has the extension 0.jpg, so that part/img has neither image nor text; see the rule in
    // expected.json.
    [Theory]
    [InlineData("odd-pax.tar")]
    [InlineData("odd-gnu.tar")]
    public void ReadItems_OddNames_AreKeptAndIncompleteSamplesCounted(string file)
    {
        IDataset dataset = GoldenSets.Open("webdataset", GoldenSets.Folder("webdataset", file));
        JsonElement[] expected = [.. GoldenSets.Expected("webdataset").GetProperty("odd").EnumerateArray()
            .Single(archive => archive.Text("file") == file).GetProperty("members").EnumerateArray().Skip(1)];

        DatasetItems read = dataset.Items();

        Assert.Equal(
            expected.Select(member => member.Text("member_image")), read.Items.Select(
                item => item.Id + ".jpg"));
        Assert.Equal(
            expected.Select(member => member.Text("image_sha256")), dataset.Digests().Select(
                image => image.Digest));
        Assert.Equal(
            [
                $"{file} sample part/img: no image among 0.jpg, 0.txt",
                $"{file} sample part/noimage: no image among txt",
                $"{file} sample part/nocaption: no caption among jpg",
            ],
            read.Skipped.Words());
    }

    [Fact]
    public void ReadItems_TruncatedArchive_SaysWhereItEnds()
    {
        string file = GoldenSets.Folder("bad", "bad-tables", "truncated.tar");

        Assert.StartsWith(
            $"{file}: the archive ends inside of ",
            GoldenSets.Error(() => GoldenSets.Open("webdataset", file).Items()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadItems_CutAnywhere_EndsInItemsOrOneLine()
    {
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(GoldenSets.Folder("webdataset", "odd-pax.tar"));
        for (int length = 0; length < whole.Length; length += 101)
        {
            string file = folder.File($"{length}.tar");
            File.WriteAllBytes(file, whole[..length]);
            Exception? e = Record.Exception(() => GoldenSets.Open("webdataset", file).Items());
            Assert.True(e is null or DataException, $"cut at {length}: {e}");
        }
    }

    [Fact]
    public void ReadItems_AnyByteChanged_EndsInItemsOrOneLine()
    {
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(GoldenSets.Folder("webdataset", "odd-gnu.tar"));
        Random random = new(2);
        for (int i = 0; i < 500; i++)
        {
            byte[] damaged = [.. whole];
            damaged[(random.Next(damaged.Length / 512) * 512) + random.Next(160)] = (byte)random.Next(256);
            string file = folder.File($"{i}.tar");
            File.WriteAllBytes(file, damaged);
            Exception? e = Record.Exception(() => GoldenSets.Open("webdataset", file).Digests());
            Assert.True(e is null or DataException, $"{e}");
        }
    }

    [Fact]
    public void ReadItems_CaptionInJsonOnly_IsTaken()
    {
        using TemporaryFolder folder = new();
        string file = Write(
            folder, ("a.json", """{"caption": "from json"}"""), ("a.png", "x"), ("b.json", "{}"), (
                "b.webp", "x"));

        DatasetItems read = GoldenSets.Open("webdataset", file).Items();

        Assert.Equal(new Caption("a", "from json"), Assert.Single(Assert.Single(read.Items).Captions));
        Assert.Equal("t.tar sample b: the caption is null or blank", Assert.Single(read.Skipped.Words()));
    }

    [Fact]
    public void ReadItems_KeyThatComesBackLater_IsADuplicate()
    {
        using TemporaryFolder folder = new();
        string file = Write(
            folder, ("a.txt", "x"), ("a.jpg", "x"), ("b.txt", "x"), ("b.jpg", "x"), ("a.txt", "y"), (
                "a.jpg", "y"));

        Assert.StartsWith(
            $"{file}: ids must be unique: id a in t.tar sample a and in t.tar sample a",
            GoldenSets.Error(() => GoldenSets.Open("webdataset", file).Items()),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", ": a.json: not JSON: ")]
    [InlineData("""{"caption": 3}""", ": a.json: caption is Number, expected a text")]
    public void ReadItems_BadJson_NamesTheMember(string json, string message)
    {
        using TemporaryFolder folder = new();
        string file = Write(folder, ("a.json", json), ("a.png", "x"));

        Assert.StartsWith(
            file + message,
            GoldenSets.Error(() => GoldenSets.Open("webdataset", file).Items()),
            StringComparison.Ordinal);
    }

    private static string Write(TemporaryFolder folder, params (string Name, string Text)[] members)
    {
        string file = folder.File("t.tar");
        using TarWriter writer = new(File.Create(file), TarEntryFormat.Ustar);
        foreach ((string name, string text) in members)
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            });
        }

        return file;
    }
}
