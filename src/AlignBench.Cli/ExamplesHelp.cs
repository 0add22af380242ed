using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AlignBench.Cli.Commands;

namespace AlignBench.Cli;

/// <summary>The usual help with a section "Examples:" at its end.</summary>
internal sealed class ExamplesHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Adds the section to the help of <paramref name="root"/> and all its commands.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        foreach (string alias in help.Aliases.Where(alias => alias != "-h").ToArray())
        {
            help.Aliases.Remove(alias);                    // those of other systems' shells
        }

        help.Action = new ExamplesHelp((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is WorkCommand command)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach ((string line, string meaning) in command.Examples)
            {
                output.WriteLine($"  {line}");
                output.WriteLine($"      {meaning}");
            }

            output.WriteLine();
        }

        return exitCode;
    }
}
