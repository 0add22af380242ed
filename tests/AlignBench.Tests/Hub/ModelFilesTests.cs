namespace AlignBench.Tests.Hub;

public class ModelFilesTests
{
    private const string Index =
        """{"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors", "c": "model-1.safetensors"}}""";

    [Fact]
    public async Task Run_TextModel_FetchesTokenizerFilesAtTheTopAndNothingElse()
    {
        await using PullSetup setup = new();
        string[] wanted =
        [
            "added_tokens.json", "merges.txt", "special_tokens_map.json", "spiece.model", "tokenizer.json",
            "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt",
        ];
        string[] others =
        [
            "onnx/config.json", "onnx/model.safetensors", "vocabulary.txt", "tokenizer.py", "generation_config.json",
            "flax_model.msgpack", "tf_model.h5", ".gitattributes", "training_args.bin",
        ];
        foreach (string name in wanted.Concat(others))
        {
            setup.Fake.Add(name, name);
        }

        await setup.PullAsync();

        Assert.Equal(
            wanted.Concat(["config.json", "model.safetensors", "preprocessor_config.json"])
                .Order(StringComparer.Ordinal),
            Files(setup));
    }

    [Theory]
    [InlineData("model.safetensors.index.json")]
    [InlineData("pytorch_model.bin.index.json")]
    public async Task Run_ShardedModel_FetchesIndexAndItsShards(string index)
    {
        await using PullSetup setup = new(withWeights: false);
        setup.Fake.Add(index, Index)
            .AddLarge("model-1.safetensors", FakeHub.Pattern(1000))
            .AddLarge("model-2.safetensors", FakeHub.Pattern(2000))
            .AddLarge("model-3.safetensors", FakeHub.Pattern(3000));

        await setup.PullAsync();

        Assert.Equal(
            new[] { "config.json", "model-1.safetensors", "model-2.safetensors", index, "preprocessor_config.json" }
                .Order(StringComparer.Ordinal),
            Files(setup));
        File.Delete(Path.Combine(setup.Snapshot, "model-2.safetensors"));
        setup.IsOffline = true;
        Assert.Contains("lacks model-2.safetensors", await setup.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithoutSafetensors_FetchesThePickledWeights()
    {
        await using PullSetup setup = new(withWeights: false);
        setup.Fake.AddLarge("pytorch_model.bin", FakeHub.Pattern(10));

        await setup.PullAsync();

        Assert.Equal(["config.json", "preprocessor_config.json", "pytorch_model.bin"], Files(setup));
    }

    [Theory]
    [InlineData("model-9.safetensors")]
    [InlineData("../model.safetensors")]
    [InlineData("onnx/model.safetensors")]
    public async Task Run_IndexWithAShardThatIsNotBesideIt_IsRefused(string shard)
    {
        await using PullSetup setup = new(withWeights: false);
        string index = """{"weight_map": {"a": "SHARD"}}""".Replace("SHARD", shard, StringComparison.Ordinal);
        setup.Fake.Add("onnx/model.safetensors", "").Add("model.safetensors.index.json", index);

        Assert.Equal(
            $"owner/name at main: model.safetensors.index.json names the shard '{shard}', "
            + "expected a file beside it, found none",
            await setup.FailAsync());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"weight_map": {"a": 3}}""")]
    [InlineData("{")]
    public async Task Run_IndexThatIsNone_IsRefused(string index)
    {
        await using PullSetup setup = new(withWeights: false);
        setup.Fake.Add("model.safetensors.index.json", index);

        Assert.StartsWith(
            "owner/name at main: model.safetensors.index.json: expected an index with weight_map: ",
            await setup.FailAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RepositoryWithoutWeights_IsRefused()
    {
        await using PullSetup setup = new(withWeights: false);

        Assert.Equal(
            "owner/name at main: expected a checkpoint with weights (model.safetensors, model.safetensors.index.json, "
            + "pytorch_model.bin, pytorch_model.bin.index.json), the repository has none",
            await setup.FailAsync());
    }

    private static IEnumerable<string> Files(PullSetup setup) =>
        Directory.EnumerateFiles(setup.Snapshot).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
