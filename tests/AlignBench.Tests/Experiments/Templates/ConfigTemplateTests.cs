using System.Text.Json.Nodes;
using AlignBench.Experiments;
using AlignBench.Experiments.Adapters;
using AlignBench.Experiments.Templates;

namespace AlignBench.Tests.Experiments.Templates;

public sealed class ConfigTemplateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("study1")]
    [InlineData("study2")]
    [InlineData("custom")]
    public void Write_File_IsOneThatItsCommandReads(string name)
    {
        ConfigTemplate template = ConfigTemplate.All.Single(t => t.Name == name);
        string path = _folder.File($"deep/{name}.yaml");

        template.Write(path, overwrite: false);

        string read = template.Command == "run" ? StudyConfigFile.Load(path).Name : AdapterStudyFile.Load(path).Name;
        Assert.Equal(name, read);
        string schema = File.ReadLines(path).First().Split("$schema=")[1];
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(_folder.File($"deep/{schema}")))!["properties"]);
    }

    [Fact]
    public void Write_FileThatIsThere_StaysUnlessForced()
    {
        ConfigTemplate template = ConfigTemplate.All[0];
        string path = _folder.File("mine.yaml");
        _folder.Write("mine.yaml", "mine");

        ConfigException refused = Assert.Throws<ConfigException>(() => template.Write(path, overwrite: false));

        Assert.Equal($"{path}: there is such a file already; --force replaces it", refused.Message);
        Assert.Equal("mine", File.ReadAllText(path));
        template.Write(path, overwrite: true);
        Assert.Equal(template.Text(), File.ReadAllText(path));
    }

    [Fact]
    public void Write_Folder_IsRefused()
    {
        ConfigException refused = Assert.Throws<ConfigException>(
            () => ConfigTemplate.All[0].Write(_folder.Root, overwrite: true));

        Assert.EndsWith("expected a file to write, this is a folder", refused.Message, StringComparison.Ordinal);
    }
}
