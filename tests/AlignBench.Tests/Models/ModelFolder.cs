using System.Text.Json.Nodes;

namespace AlignBench.Tests.Models;

/// <summary>A model folder to be changed, gone when the test ends.</summary>
internal sealed class ModelFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("alignbench-model-").FullName;

    public static ModelFolder CopyOf(string folder)
    {
        ModelFolder copy = new();
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>The same folder with one value of config.json replaced, or added.</summary>
    public ModelFolder With(string key, string json)
    {
        string path = System.IO.Path.Combine(Path, "config.json");
        JsonNode config = JsonNode.Parse(File.ReadAllText(path))!;
        config[key] = JsonNode.Parse(json);
        File.WriteAllText(path, config.ToJsonString());
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
