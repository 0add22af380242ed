using AlignBench.Safetensors;

namespace AlignBench.Tests.Safetensors;

public class CheckpointTests
{
    private static readonly string s_formats = TestPaths.Golden("text", "formats");

    [Fact]
    public void Open_Shards_HoldsTheTensorsOfTheSingleFile()
    {
        using IWeightSource one = Checkpoint.Open(Path.Combine(s_formats, "a0_one_file"));
        using IWeightSource sharded = Checkpoint.Open(Path.Combine(s_formats, "a_sharded_safetensors"));

        Assert.Equal(3, sharded.Files.Count);
        Assert.Equal(one.Tensors.Keys.Order(), sharded.Tensors.Keys.Order());
        foreach (StoredTensor tensor in one.Tensors.Values)
        {
            byte[] expected = new byte[tensor.Length];
            one.ReadBytes(tensor, 0, expected);
            byte[] actual = new byte[tensor.Length];
            sharded.ReadBytes(sharded.Tensors[tensor.Name], 0, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData("index_names_missing_shard", "model-00001-of-00001.safetensors: no such file")]
    [InlineData("index_escapes_folder", "plain file name")]
    public void Open_WrongIndex_IsRefused(string name, string expected)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => Checkpoint.Open(Path.Combine(s_formats, "g_broken", name)));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"weight_map": {"a": 1}}""")]
    [InlineData("""{"weight_map": {"a": ""}}""")]
    [InlineData("""{"weight_map": {"a": "/etc/passwd"}}""")]
    [InlineData("""{"weight_map": {"a": "x.safetensors", "a": "y.safetensors"}}""")]
    public void Open_MalformedIndex_IsRefused(string json)
    {
        using TemporaryFolder folder = new();
        string index = folder.Write("model.safetensors.index.json", json);

        CheckpointException e = Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.Root));

        Assert.StartsWith(index, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_IndexThatDisagreesWithItsShard_IsRefused()
    {
        using TemporaryFolder folder = new();
        File.Copy(
            Path.Combine(s_formats, "g_broken", "ok.safetensors"),
            Path.Combine(folder.Root, "x.safetensors"));
        folder.Write(
            "model.safetensors.index.json",
            """{"weight_map": {"a": "x.safetensors", "c": "x.safetensors"}}""");

        CheckpointException e = Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.Root));

        Assert.Contains("tensor c is not in x.safetensors", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EmptyFolder_SaysWhatWasExpected()
    {
        using TemporaryFolder folder = new();

        CheckpointException e = Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder.Root));

        Assert.Contains("model.safetensors", e.Message, StringComparison.Ordinal);
    }
}
