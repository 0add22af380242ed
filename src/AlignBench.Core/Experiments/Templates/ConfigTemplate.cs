using System.Text;
using AlignBench.Experiments.Schema;

namespace AlignBench.Experiments.Templates;

/// <summary>A commented experiment file to start from.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Description">What it runs.</param>
/// <param name="Command">The command that reads it.</param>
/// <param name="Schema">Makes its JSON Schema.</param>
public sealed record ConfigTemplate(string Name, string Description, string Command, Func<string> Schema)
{
    private const string Folder = "AlignBench.Configs.";

    /// <summary>The catalog.</summary>
    public static IReadOnlyList<ConfigTemplate> All { get; } =
    [
        new("study1", "study 1 with the real models and data", "run", ConfigSchema.OfStudy),
        new("study2", "study 2 with the real models and data", "train-adapters", ConfigSchema.OfAdapterStudy),
        new("custom", "your own images, captions and models", "run", ConfigSchema.OfStudy),
    ];

    /// <summary>Name of the schema's file, beside the experiment file.</summary>
    public string SchemaFile => $"{Command}.schema.json";

    /// <summary>The file's text; its first line tells editors of the schema.</summary>
    public string Text()
    {
        using Stream stored = typeof(ConfigTemplate).Assembly.GetManifestResourceStream($"{Folder}{Name}.yaml")!;
        using StreamReader reader = new(stored);
        return $"# yaml-language-server: $schema={SchemaFile}\n{reader.ReadToEnd()}";
    }

    /// <summary>Writes the experiment file, and the schema if it is not there.</summary>
    /// <param name="path">The experiment file.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="ConfigException">There is a file, and it may not.</exception>
    public void Write(string path, bool overwrite)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new ConfigException($"{path}: expected a file to write, this is a folder");
        }

        if (File.Exists(full) && !overwrite)
        {
            throw new ConfigException($"{path}: there is such a file already; --force replaces it");
        }

        string folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllBytes(Path.Combine(folder, SchemaFile), Encoding.UTF8.GetBytes(Schema()));
        AtomicFile.WriteAllBytes(full, Encoding.UTF8.GetBytes(Text()));
    }
}
