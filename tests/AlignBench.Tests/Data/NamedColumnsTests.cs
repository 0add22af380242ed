using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class NamedColumnsTests
{
    private static readonly DatasetColumns s_all =
        new() { Image = "photo", Caption = "says", Id = "key", Group = "scene", Split = "part" };

    private const string Comma = """
        key,photo,says,scene,part
        1,a.jpg,one,s,fit
        1,a.jpg,two,s,fit
        2,a.jpg,three,s,fit
        3,b.jpg,four,t,fit
        4,b.jpg,five,t,test
        """;

    private static readonly string s_lines = """
        {"key": 1, "photo": "a.jpg", "says": ["one", "two"], "scene": "s", "part": "fit"}
        {"key": 2, "photo": "a.jpg", "says": "three", "scene": "s", "part": "fit"}
        {"key": 3, "photo": "b.jpg", "says": "four", "scene": "t", "part": "fit"}
        {"key": 4, "photo": "b.jpg", "says": "five", "scene": "t", "part": "test"}
        """;

    public static TheoryData<string, string> Tables => new()
    {
        { "t.csv", Comma },
        { "t.txt", Comma },
        { "t.txt", Comma.Replace(',', '\t') },
        { "t.tsv", Comma.Replace(',', '\t') },
        { "t.jsonl", s_lines },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void ReadItems_ColumnsByName_GiveIdGroupAndSplit(string name, string text)
    {
        using TemporaryFolder folder = WithImages();

        IDataset dataset = Open(folder.Write(name, text), s_all, split: "fit");

        Item[] items = [.. dataset.Items().Items];
        Assert.Equal(["1", "2", "3"], items.Select(item => item.Id));
        Assert.Equal(["s", "s", "t"], items.Select(item => item.Group));
        Assert.Equal(["a.jpg", "a.jpg", "b.jpg"], items.Select(item => Assert.Single(item.Images).Id));
        Assert.Equal(
            ["1#0 one", "1#1 two", "2#0 three", "3#0 four"],
            items.SelectMany(item => item.Captions).Select(caption => $"{caption.Id} {caption.Text}"));
        Assert.Equal(["a.jpg", "b.jpg"], dataset.Digests().Select(image => image.Id));
    }

    [Fact]
    public void ReadItems_ParquetByName_IsAnItemARow()
    {
        using TemporaryFolder folder = WithImages();
        string file = WriteParquet(folder, """
            SELECT * FROM (VALUES
                (7, 'bytes a'::BLOB, ['one', NULL, 'two'], 's', 'fit'),
                (8, 'bytes b'::BLOB, ['three'], 's', 'fit'),
                (NULL, 'bytes c'::BLOB, ['four'], 't', 'fit'),
                (9, 'bytes d'::BLOB, ['five'], NULL, 'fit'),
                (10, 'bytes e'::BLOB, ['six'], 't', 'test')) AS t("the key", photo, says, scene, part)
            """);

        DatasetItems read = Open(file, s_all with { Id = "the key" }, split: "fit").Items();

        Assert.Equal([("7", "s"), ("8", "s")], read.Items.Select(item => (item.Id, item.Group)));
        Assert.Equal(["7#0", "7#2"], read.Items[0].Captions.Select(caption => caption.Id));
        Assert.Equal(
            [
                "t.parquet row 0 caption 1: the caption is null", "t.parquet row 2: no id", "t.parquet row 3: no group",
            ],
            read.Skipped.Words());
    }

    [Fact]
    public void ReadItems_ParquetFolderWithUsualNames_IsKnownByFileAndRow()
    {
        using TemporaryFolder folder = WithImages();
        WriteParquet(folder, "SELECT 'a.jpg' AS image, 'it''s one' AS text UNION ALL SELECT 'b.jpg', 'two'", "it's.parquet");

        IDataset dataset = Open(folder.Root, columns: null);

        Assert.Equal(["it's.parquet/0", "it's.parquet/1"], dataset.Items().Items.Select(item => item.Id));
        Assert.Equal("it's one", dataset.Items().Items[0].Captions[0].Text);
        Assert.Equal(2, dataset.Digests().Count);
    }

    [Theory]
    [InlineData("photo,says\na.jpg,x", "sais", "no column sais (columns: caption); did you mean 'says'?; there are photo, says")]
    [InlineData("key,photo,says\n1,a.jpg,x\n1,b.jpg,y", "says", "t.csv line 3: item 1 has image b.jpg, in t.csv line 2 it has a.jpg")]
    public void ReadItems_WrongNames_AreOneLine(string text, string caption, string message)
    {
        using TemporaryFolder folder = WithImages();
        DatasetColumns columns = new() { Image = "photo", Caption = caption, Id = text.StartsWith("key", StringComparison.Ordinal) ? "key" : null };

        Assert.EndsWith(
            message,
            GoldenSets.Error(() => Open(folder.Write("t.csv", text), columns).Items()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadItems_BlankIdOrGroup_IsCounted()
    {
        using TemporaryFolder folder = WithImages();
        string file = folder.Write("t.csv", "key,photo,says,scene,part\n,a.jpg,x,s,\n1,a.jpg,x,,\n2,a.jpg,x,s,\n");

        Assert.Equal(["t.csv line 2: no id", "t.csv line 3: no group"], Open(file, s_all).Items().Skipped.Words());
    }

    [Fact]
    public void Open_ColumnsForALayoutThatHasItsOwn_IsRefused() => Assert.Equal(
        "format coco has columns of its own; columns are for format table",
        GoldenSets.Error(() => DatasetCatalog.Open(
            new DatasetSource { Format = "coco", Path = "/x", Columns = new DatasetColumns { Image = "x" } })));

    [Fact]
    public void Open_Orientation_IsHandedOnOrRefused()
    {
        using TemporaryFolder folder = WithImages();
        DatasetSource source = new() { Format = "image-folder", Path = folder.Root };

        Assert.False(DatasetCatalog.Open(source).IgnoresOrientation);
        Assert.True(DatasetCatalog.Open(source with { Orientation = "ignore" }).IgnoresOrientation);
        Assert.Equal(
            "orientation: expected apply or ignore, got 'upright'",
            GoldenSets.Error(() => DatasetCatalog.Open(source with { Orientation = "upright" })));
    }

    private static TemporaryFolder WithImages()
    {
        TemporaryFolder folder = new();
        folder.Write("a.jpg", "a");
        folder.Write("b.jpg", "b");
        return folder;
    }

    private static IDataset Open(string path, DatasetColumns? columns, string? split = null) => DatasetCatalog.Open(
        new DatasetSource { Format = "table", Path = path, Columns = columns, Split = split });

    private static string WriteParquet(TemporaryFolder folder, string query, string name = "t.parquet") =>
        MadeParquet.Write(folder.File(name), query);
}
