using System.CommandLine;

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

    public static Option<int> Threads()
    {
        Option<int> threads = new("--threads")
        {
            Description = "Items encoded at a time; results do not depend on it. Default: the processors.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            HelpName = "n",
        };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"--threads: expected 1 or more, got {result.GetValueOrDefault<int>()}");
            }
        });
        return threads;
    }

    public static Option<int> MaxSkipped() => new("--max-skipped")
    {
        Description = "Broken images that may be left out; one more stops the run.",
        DefaultValueFactory = _ => 0,
        HelpName = "n",
    };
}
