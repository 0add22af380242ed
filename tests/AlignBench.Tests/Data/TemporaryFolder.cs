namespace AlignBench.Tests.Data;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("alignbench").FullName;

    /// <summary>Writes a file as UTF-8 and returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Copies a file here and returns its path.</summary>
    public string Copy(string file, string? name = null)
    {
        string path = System.IO.Path.Combine(Path, name ?? System.IO.Path.GetFileName(file));
        File.Copy(file, path);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
