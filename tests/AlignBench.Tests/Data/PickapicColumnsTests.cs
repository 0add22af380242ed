using AlignBench.Data;

namespace AlignBench.Tests.Data;

/// <summary>
/// Pick-a-Pic's columns as its two versions and their copies have them: found by name, in any order, beside others.
/// </summary>
public class PickapicColumnsTests
{
    // yuvalkirstain/pickapic_v1 and _v2: 18 columns and pandas' index.
    private static readonly Dictionary<string, string> s_published = new()
    {
        ["are_different"] = "true",
        ["best_image_uid"] = "CASE i WHEN 0 THEN 'u0' WHEN 1 THEN 'u3' ELSE 'tie' END",
        ["caption"] = "CASE WHEN i < 2 THEN 'a cat' ELSE 'a dog' END",
        ["created_at"] = "TIMESTAMP_NS '2023-04-01 00:00:00'",
        ["has_label"] = "true",
        ["image_0_uid"] = "CASE i WHEN 0 THEN 'u0' WHEN 1 THEN 'u2' ELSE 'u4' END",
        ["image_0_url"] = "'https://example.org/0.png'",
        ["image_1_uid"] = "CASE i WHEN 0 THEN 'u1' WHEN 1 THEN 'u3' ELSE 'u0' END",
        ["image_1_url"] = "'https://example.org/1.png'",
        ["jpg_0"] = "CASE i WHEN 0 THEN 'p0' WHEN 1 THEN 'p2' ELSE 'p4' END::BLOB",
        ["jpg_1"] = "CASE i WHEN 0 THEN 'p1' WHEN 1 THEN 'p3' ELSE 'p0' END::BLOB",
        ["label_0"] = "CASE i WHEN 0 THEN 1 WHEN 1 THEN 0 ELSE 0.5 END::DOUBLE",
        ["label_1"] = "CASE i WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 0.5 END::DOUBLE",
        ["model_0"] = "'stabilityai/stable-diffusion-2-1'",
        ["model_1"] = "'dreamlike-art/dreamlike-photoreal-2.0'",
        ["ranking_id"] = "100 + i",
        ["user_id"] = "7",
        ["num_example_per_prompt"] = "CASE WHEN i < 2 THEN 2 ELSE 1 END",
        ["__index_level_0__"] = "i",
    };

    public static TheoryData<string, string[]> Variants => new()
    {
        { "as published", [] },
        { "without what is optional", ["-are_different", "-best_image_uid", "-created_at", "-has_label", "-model_0",
            "-model_1", "-user_id", "-num_example_per_prompt", "-image_0_url", "-image_1_url", "-__index_level_0__"] },
        { "single precision", ["label_0::FLOAT", "label_1::FLOAT"] },
        { "flags as numbers", ["has_label::TINYINT", "are_different::TINYINT"] },
        { "ids as texts", ["ranking_id::VARCHAR", "user_id::VARCHAR"] },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void ReadItems_Columns_GiveTheSameItems(string name, string[] changes)
    {
        using TemporaryFolder folder = new();

        IDataset[] both =
        [
            GoldenSets.Open("pickapic", Write(folder, "a.parquet", Changed(changes))),
            GoldenSets.Open("pickapic", Write(folder, "b.parquet", Enumerable.Reverse(Changed(changes)))),
        ];

        Assert.All(both, dataset =>
        {
            DatasetItems read = dataset.Items();
            Assert.True(read.Skipped.Count == 0, name);
            Assert.Equal(["100", "101", "102"], read.Items.Select(item => item.Id));
            Assert.Equal(["a cat", "a cat", "a dog"], read.Items.Select(item => item.Group));
            Assert.Equal(["u0 u1", "u2 u3", "u4 u0"], read.Items.Select(Images));
            Assert.Equal([[1, 0], [0, 1], [0.5, 0.5]], read.Items.Select(item => item.Labels));
            Assert.Equal(5, dataset.Digests().Count);
        });
    }

    [Fact]
    public void ReadItems_WholeLabelsAndImageStructs_AreTaken()
    {
        using TemporaryFolder folder = new();
        string[] changes =
        [
            "label_0=CASE i WHEN 0 THEN 1 ELSE 0 END", "label_1=CASE i WHEN 0 THEN 0 ELSE 1 END",
            "image_0_uid=10 + i", "image_1_uid=20 + i",
            "jpg_0={'bytes': (i || 'left')::BLOB, 'path': NULL::VARCHAR}",
            "jpg_1={'bytes': (i || 'right')::BLOB, 'path': NULL::VARCHAR}",
        ];

        IDataset dataset = GoldenSets.Open("pickapic", Write(folder, "a.parquet", Changed(changes)));

        Assert.Equal(["10 20", "11 21", "12 22"], dataset.Items().Items.Select(Images));
        Assert.Equal([[1, 0], [0, 1], [0, 1]], dataset.Items().Items.Select(item => item.Labels));
        Assert.Equal(6, dataset.Digests().Count);
    }

    [Theory]
    [InlineData("has_label=i <> 1")]
    [InlineData("has_label=CASE WHEN i <> 1 THEN 1 ELSE 0 END")]
    public void ReadItems_RowsMarkedAsUnlabelled_AreCounted(string change)
    {
        using TemporaryFolder folder = new();

        DatasetItems read = GoldenSets.Open("pickapic", Write(folder, "a.parquet", Changed([change]))).Items();

        Assert.Equal(["100", "102"], read.Items.Select(item => item.Id));
        Assert.Equal(["a.parquet row 1: no preference: has_label is false"], read.Skipped.Words());
    }

    // pickapic_v1_no_images and _v2_no_images
    [Fact]
    public void ReadItems_WithoutImages_NamesTheColumn()
    {
        using TemporaryFolder folder = new();
        string file = Write(folder, "a.parquet", Changed(["-jpg_0", "-jpg_1"]));

        Assert.StartsWith(
            $"{file}: no column jpg_0; there are are_different, best_image_uid, ",
            GoldenSets.Error(() => GoldenSets.Open("pickapic", file).Items()),
            StringComparison.Ordinal);
    }

    private static string Images(Item item) => string.Join(' ', item.Images.Select(image => image.Id));

    /// <param name="changes"><c>-NAME</c> leaves out, <c>NAME::TYPE</c> casts, <c>NAME=SQL</c> replaces.</param>
    private static Dictionary<string, string> Changed(string[] changes)
    {
        Dictionary<string, string> columns = new(s_published);
        foreach (string change in changes)
        {
            if (change[0] == '-')
            {
                Assert.True(columns.Remove(change[1..]));
                continue;
            }

            string name = change.Split('=', ':')[0];
            columns[name] = change[name.Length] == '='
                ? change[(name.Length + 1)..]
                : $"({columns[name]}){change[name.Length..]}";
        }

        return columns;
    }

    private static string Write(
        TemporaryFolder folder, string name, IEnumerable<KeyValuePair<string, string>> columns) =>
        MadeParquet.Write(
            folder.File(name),
            $"SELECT {string.Join(", ", columns.Select(column => $"{column.Value} AS {column.Key}"))} "
            + "FROM range(3) AS rows(i) ORDER BY i");
}
