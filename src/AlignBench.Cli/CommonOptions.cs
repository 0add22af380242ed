using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace AlignBench.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<string> Features() => new("--features")
    {
        Description = "Folder of the feature store; made if it is not there.",
        DefaultValueFactory = _ => "features",
        HelpName = "dir",
    };

    /// <param name="files">What goes there.</param>
    public static Option<string?> Output(string files) => new("--output", "-o")
    {
        Description = $"Folder for {files}. Default: results/ and the config's name.",
        HelpName = "dir",
    };

    public static Option<string?> Root() => new("--root")
    {
        Description = "Folder that the config's paths start from, instead of its own root.",
        HelpName = "dir",
    };

    public static Option<int> Threads()
    {
        Option<int> threads = new("--threads")
        {
            Description = "Items encoded at a time; results do not depend on it.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            HelpName = "n",
        };
        return threads.AtLeast(1);
    }

    /// <summary>Words that a shell offers for the option's value.</summary>
    public static TOption Offering<TOption>(this TOption option, Func<IEnumerable<string>> words)
        where TOption : Option
    {
        option.CompletionSources.Add(_ => words().Select(word => new CompletionItem(word)));
        return option;
    }

    /// <summary>The ids of a matrix that is no feature file.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="of">The option that names the matrix.</param>
    public static Option<FileInfo?> Ids(string name, string of)
    {
        Option<FileInfo?> ids = new(name)
        {
            Description = $"For a .npy or .safetensors matrix as {of}: a text file of its rows' items, one a line.",
            HelpName = "file",
        };
        ids.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is FileInfo { Exists: false } missing)
            {
                result.AddError($"{name}: {missing}: no such file");
            }
        });
        return ids;
    }

    public static Option<int> MaxSkipped()
    {
        Option<int> maxSkipped = new("--max-skipped")
        {
            Description = "Broken images, sounds and rows that may be left out; one more stops the run.",
            DefaultValueFactory = _ => 0,
            HelpName = "n",
        };
        return maxSkipped.AtLeast(0);
    }

    /// <summary>Refuses smaller numbers; what is no number at all, the parser itself refuses.</summary>
    public static TOption AtLeast<TOption>(this TOption option, int smallest)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [Token token] && int.TryParse(token.Value, out int number) && number < smallest)
            {
                result.AddError($"{option.Name}: expected {smallest} or more, got {number}");
            }
        });
        return option;
    }

    /// <summary>A file to be read: it must be there, and not be a folder.</summary>
    public static Action<SymbolResult> IsFile(string name) => result =>
    {
        if (result.Tokens is [Token token] && !File.Exists(token.Value))
        {
            result.AddError(Directory.Exists(token.Value)
                ? $"{name}: expected a file, '{token.Value}' is a folder"
                : $"File does not exist: '{token.Value}'{Similar(token.Value)}");
        }
    };

    // A slip of the pen in the file's name; one in a folder's names no file at all.
    private static string Similar(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        string place = folder.Length == 0 ? "." : folder;
        return Directory.Exists(place)
            ? Suggestion.For(Path.GetFileName(path), Directory.EnumerateFiles(place).Select(file => Path.GetFileName(file)))
            : "";
    }
}
