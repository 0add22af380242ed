using System.Text.Json;
using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class TableTests
{
    public static TheoryData<string> SameItems => [.. GoldenSets.Expected("tables")
        .GetProperty("files_with_these_items").EnumerateArray().Select(file => file.GetString()!)];

    [Theory]
    [MemberData(nameof(SameItems))]
    public void ReadItems_EveryKindOfTable_IsReadAlike(string file)
    {
        IDataset dataset = GoldenSets.Open("table", GoldenSets.Folder("tables", file));
        JsonElement[] expected = GoldenSets.ExpectedItems("tables");

        DatasetItems read = dataset.Items();

        Assert.Empty(read.Skipped);
        Assert.Equal(expected.Select(item => item.Text("id")), read.Items.Select(item => item.Id));
        Assert.Equal(
            expected.SelectMany(item => item.Texts("captions")),
            read.Items.Select(item => Assert.Single(item.Captions).Text));
        Assert.Equal(
            expected.Select(item => (item.Text("id"), item.Text("image_sha256"))), dataset.Digests());
    }

    [Fact]
    public void ReadItems_SeveralRowsOfOneImage_AreSeveralCaptions()
    {
        DatasetItems read =
            GoldenSets.Open("table", GoldenSets.Folder("tables", "several_captions.csv")).Items();
        JsonElement[] expected =
            [.. GoldenSets.Expected("tables").GetProperty("several_captions.csv").EnumerateArray()];

        Assert.Equal(expected.Select(item => item.Text("id")), read.Items.Select(item => item.Id));
        Assert.Equal(
            expected.Select(item => string.Join('|', item.Texts("captions"))),
            read.Items.Select(item => string.Join('|', item.Captions.Select(caption => caption.Text))));
        Assert.Equal(
            ["images/im 0.jpg#0", "images/im 0.jpg#1"], read.Items[0].Captions.Select(caption => caption.Id));
    }

    [Theory]
    [InlineData(
        "no_header.csv",
        ": no column filepath (or file_name, image, image_path, filename, file, path); there are a.jpg, a cat")]
    [InlineData("ragged.csv", ": the header has 2 fields, line 3 has 1, line 4 has 3")]
    [InlineData("unclosed_quote.csv", ": a quote opened on line 2 is never closed")]
    [InlineData("latin1.csv", ": line 2: not UTF-8")]
    [InlineData("empty.csv", ": empty, expected a header line")]
    [InlineData("not_json.json", ": expected a table in .csv, .tsv, .txt, .jsonl or .parquet, not in .json")]
    public void ReadItems_BadTable_NamesTheLine(string file, string message)
    {
        string path = GoldenSets.Folder("bad", "bad-tables", file);

        Assert.Equal(path + message, GoldenSets.Error(() => GoldenSets.Open("table", path).Items()));
    }

    [Theory]
    [InlineData(
        "{\"file_name\": \"a.jpg\", \"text\": \"x\"}\n{\"file_name\": }", ": line 2, column 15: not JSON: ")]
    [InlineData("[1]", ": line 1 is Array, expected an object")]
    [InlineData(
        "{\"file_name\": \"a.jpg\"}",
        ": line 1: no column title (or caption, captions, text, sentence, class); there are file_name")]
    [InlineData("{\"file_name\": \"a.jpg\", \"text\": 3}", ": line 1: text is Number, expected a text")]
    [InlineData(
        "{\"file_name\": \"a.jpg\", \"text\": [\"x\", 3]}", ": line 1: text[1] is Number, expected a text")]
    public void ReadItems_BadJsonLine_NamesIt(string text, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("metadata.jsonl", text);

        Assert.StartsWith(
            path + message,
            GoldenSets.Error(() => GoldenSets.Open("table", path).Items()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadItems_JsonLines_TakeListsAndCountNulls()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.jpg", "");
        folder.Write("b.jpg", "");
        string path = folder.Write(
            "metadata.jsonl",
            """
            {"file_name": "a.jpg", "captions": ["one", null, "two"]}

            {"file_name": "b.jpg", "captions": null}
            {"file_name": null, "captions": "x"}
            {"file_name": "c.jpg", "captions": "x"}
            """);

        DatasetItems read = GoldenSets.Open("table", path).Items();

        Assert.Equal(["one", "two"], Assert.Single(read.Items).Captions.Select(caption => caption.Text));
        Assert.Equal(
            [
                "metadata.jsonl line 4: no image",
                "metadata.jsonl line 1 caption 1: the caption is null",
                "metadata.jsonl line 3: the caption is null or blank",
                $"metadata.jsonl line 5: image file {folder.File("c.jpg")} is not there",
            ],
            read.Skipped.Words());
    }

    [Fact]
    public void ReadItems_ToyClasses_CarryTheirClassAsCaption()
    {
        IDataset dataset = GoldenSets.Open(
            "table", Path.Combine(TestPaths.Toy, "data", "classes", "test.csv"));

        DatasetItems read = dataset.Items();

        Assert.Equal(200, read.Items.Count);
        Assert.Equal("red ring", read.Items[0].Captions[0].Text);
        Assert.Equal(24, read.Items.Select(item => item.Captions[0].Text).Distinct().Count());
    }

    [Fact]
    public void ReadItems_SplitColumn_IsHeeded()
    {
        using TemporaryFolder folder = new();
        folder.Write("images/a.jpg", "");
        folder.Write("images/b.jpg", "");
        string path = folder.Write("t.tsv", "split\tfilepath\ttitle\ntest\ta.jpg\tone\ntrain\tb.jpg\ttwo\n");

        DatasetItems read =
            GoldenSets.Open("table", path, images: folder.File("images"), split: "train").Items();

        Assert.Equal("b.jpg", Assert.Single(read.Items).Id);
        Assert.Empty(read.Skipped);
    }
}
