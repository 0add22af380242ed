namespace AlignBench.Tests.Tokenizers;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("alignbench-tokenizer-").FullName;

    /// <summary>Copies files of another folder.</summary>
    public void CopyFrom(string folder, params string[] names)
    {
        foreach (string name in names)
        {
            Write(name, File.ReadAllBytes(System.IO.Path.Combine(folder, name)));
        }
    }

    /// <summary>Writes a file.</summary>
    public void Write(string name, string text) =>
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    /// <summary>Writes a file.</summary>
    public void Write(string name, byte[] bytes) =>
        File.WriteAllBytes(System.IO.Path.Combine(Path, name), bytes);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
