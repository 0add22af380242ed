using AlignBench.Features;
using AlignBench.Models;

namespace AlignBench.Tests.Features;

public class ModelSourceTests
{
    [Fact]
    public void Check_EveryToyModel_PassesWithoutReadingAValue()
    {
        foreach (string folder in Directory.GetDirectories(Path.Combine(TestPaths.Toy, "models")))
        {
            ModelSource.Find(folder, "/").Check([]);
        }
    }

    [Fact]
    public void Check_OnTheMetaDevice_BuildsEveryArchitectureOfTheGoldens()
    {
        string[] folders =
        [
            .. new[] { "text", "vision" }
                .SelectMany(area => Directory.GetFiles(TestPaths.Golden(area), "config.json", SearchOption.AllDirectories))
                .Select(file => Path.GetDirectoryName(file)!)
                .Where(folder => File.Exists(Path.Combine(folder, "model.safetensors")))
                .Where(folder => !folder.Contains("broken", StringComparison.Ordinal)),
        ];

        Assert.NotEmpty(folders);
        Assert.All(folders, folder => EncoderLoader.Load(folder, TorchSharp.torch.META).Dispose());
    }

    [Fact]
    public void Check_ALayerThatTheModelLacks_SaysSo()
    {
        ModelSource model = ModelSource.Find(Path.Combine(TestPaths.Toy, "models", "bloom-toy-s"), "/");

        ConfigException failure = Assert.Throws<ConfigException>(() => model.Check(["layer9_mean"]));

        Assert.Contains("layer9_mean", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AName_ThatIsNearAFolders_SuggestsIt()
    {
        CheckpointException failure = Assert.Throws<CheckpointException>(() =>
            ModelSource.Find("models/bloom-toy-x", TestPaths.Toy));

        Assert.Contains("did you mean 'models/bloom-toy-", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ByHubId_LooksIntoTheHuggingFaceCache()
    {
        using TemporaryFolder cache = new();
        string revision = cache.File("models--owner--tiny/snapshots/abc");
        Directory.CreateDirectory(revision);
        foreach (string file in Directory.GetFiles(Path.Combine(TestPaths.Toy, "models", "bloom-toy-s")))
        {
            File.Copy(file, Path.Combine(revision, Path.GetFileName(file)));
        }

        cache.Write("models--owner--tiny/refs/main", "abc");

        Assert.Equal(revision, ModelLocator.Find("owner/tiny", "/", cache.Root));
        Assert.Equal("tiny", ModelLocator.ShortName("owner/tiny"));
        CheckpointException failure =
            Assert.Throws<CheckpointException>(() => ModelLocator.Find("owner/tinny", "/", cache.Root));
        Assert.EndsWith("did you mean 'owner/tiny'?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ByShortName_IsTheCatalogsModel()
    {
        using TemporaryFolder cache = new();
        string revision = Path.GetDirectoryName(
            cache.Write("models--facebook--dinov2-small/snapshots/abc/config.json", "{}"))!;
        cache.Write("models--facebook--dinov2-small/refs/main", "abc");

        Assert.Equal(revision, ModelLocator.Find("dinov2-small", "/", cache.Root));
    }
}
