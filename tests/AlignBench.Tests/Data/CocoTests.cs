using System.Text.Json;
using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class CocoTests
{
    private static readonly string s_annotations =
        GoldenSets.Folder("coco-official", "annotations", "captions_val2017.json");

    private static readonly string s_images = GoldenSets.Folder("coco-official", "val2017");

    [Fact]
    public void ReadItems_Official_KeepsTheImagesOrderAndSortsCaptions()
    {
        IDataset dataset = GoldenSets.Open("coco", s_annotations, s_images);
        JsonElement[] expected = [.. GoldenSets.ExpectedItems("coco-official").Where(Usable)];

        DatasetItems read = dataset.Items();

        Assert.Equal(expected.Select(item => item.Text("id")), read.Items.Select(item => item.Id));
        Assert.Equal(
            expected.Select(item => string.Join('|', item.Texts("captions_by_annotation_id"))),
            read.Items.Select(item => string.Join('|', item.Captions.Select(caption => caption.Text))));
        Assert.Equal(
            expected.Select(item => (item.Text("id"), item.Text("image_sha256"))), dataset.Digests());
        Assert.Equal([s_annotations], dataset.Files);
        Assert.Equal(
            [Path.Combine(s_images, "000000142585.jpg")], dataset.FilesOf(new HashSet<string> { "142585" }));
    }

    [Fact]
    public void ReadItems_Official_CountsWhatIsLeftOut()
    {
        DatasetItems read = GoldenSets.Open("coco", s_annotations, s_images).Items();

        Assert.Equal(
            [
                "captions_val2017.json images[1]: no caption",
                $"captions_val2017.json images[6]: image file {s_images}/000000999999.jpg is not there",
            ],
            read.Skipped.Words().Take(2));
        Assert.EndsWith(
            ": no image 888888 in the list of images",
            Assert.Single(read.Skipped.Words().Skip(2)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadItems_Toy_HasFiveCaptionsForEachOf400Images()
    {
        string folder = Path.Combine(TestPaths.Toy, "data", "coco");
        IDataset dataset = GoldenSets.Open(
            "coco", Path.Combine(folder, "annotations", "captions_val.json"), Path.Combine(folder, "val"));

        DatasetItems read = dataset.Items();

        Assert.Equal(400, read.Items.Count);
        Assert.Empty(read.Skipped);
        Assert.All(read.Items, item => Assert.Equal(
            item.Captions.Select(caption => caption.Id),
            item.Captions.Select(caption => int.Parse(caption.Id)).Order().Select(id => $"{id}")));
        Assert.Equal(2000, read.Items.Sum(item => item.Captions.Length));
        Assert.Equal(400, dataset.Digests().Count);
    }

    [Theory]
    [InlineData("not_json.json", "not JSON at line 1, column 13: ")]
    [InlineData("coco_without_annotations.json", "no annotations")]
    [InlineData("empty.csv", "not JSON at line 1, column 1: ")]
    public void ReadItems_BadFile_SaysWhatIsWrong(string file, string message)
    {
        string path = GoldenSets.Folder("bad", "bad-tables", file);

        Assert.StartsWith(
            $"{path}: {message}",
            GoldenSets.Error(() => GoldenSets.Open("coco", path, s_images).Items()),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[1]""", "expected an object with images and annotations")]
    [InlineData("""{"images": {}, "annotations": []}""", "images is not an array")]
    [InlineData("""{"images": [], "annotations": []}""", "no rows")]
    [InlineData(
        """{"images": [{"id": "7", "file_name": "a"}], "annotations": []}""",
        "images[0]: id is String, expected a whole number")]
    [InlineData(
        """{"images": [], "annotations": [{"id": 1, "bbox": []}]}""",
        "annotations[0] has no caption; there are id, bbox")]
    [InlineData("""{"images": [], "annotations": [3]}""", "annotations[0] is Number, expected an object")]
    [InlineData("""{"images": []} x""", "not JSON at line 1, column 16: ")]
    public void ReadItems_OtherJson_SaysWhatIsWrong(string json, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("captions.json", json);

        Assert.StartsWith(
            $"{path}: {message}",
            GoldenSets.Error(() => GoldenSets.Open("coco", path, folder.Root).Items()),
            StringComparison.Ordinal);
    }

    // 3000 images make the file larger than the reader's buffer; segmentation stands for what is passed over.
    [Fact]
    public void ReadItems_FileLargerThanTheBuffer_IsReadWhole()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.jpg", "");
        string images = string.Join(
            ",", Enumerable.Range(0, 3000).Select(i => $$"""{"id": {{i}}, "file_name": "a.jpg"}"""));
        string notes = string.Join(",\n", Enumerable.Range(0, 3000).Select(i =>
            $$"""{"id": {{9000 - i}}, "image_id": {{i}}, "caption": "{{new string('x', i % 300)}}\n \"{{i}}\""}"""));
        string path = folder.Write(
            "captions.json",
            $$"""
            {"info": {"x": [[1, {"y": []}]]}, "annotations": [{{notes}}],
            "segmentation": [{{images}}], "images": [{{images}}]}
            """);

        DatasetItems read = GoldenSets.Open("coco", path, folder.Root).Items();

        Assert.Equal(3000, read.Items.Count);
        Assert.Equal(new string('x', 299) + "\n \"2999\"", read.Items[2999].Captions[0].Text);
    }

    [Fact]
    public void Open_WithoutImages_AsksForThem()
    {
        Assert.Equal(
            "format coco needs images: the folder that holds the image files",
            GoldenSets.Error(() => GoldenSets.Open("coco", s_annotations)));
    }

    private static bool Usable(JsonElement item) => item.Text("id") is not ("128598" or "999999");
}
