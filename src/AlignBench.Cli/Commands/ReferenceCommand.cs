using System.CommandLine;
using System.Text.RegularExpressions;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench reference</c>: every command's help as one page, which is docs/cli.md.</summary>
internal static partial class ReferenceCommand
{
    public static Command Create()
    {
        WorkCommand command = new(
            "reference",
            "Print every command's help as one Markdown page.",
            [("alignbench reference > docs/cli.md", "The page in the repository, after a change of an option.")],
            kept: "nothing was changed")
        {
            Hidden = true,
        };
        command.SetAction(async (parsed, _) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            Command root = parsed.RootCommandResult.Command;
            await output.WriteLineAsync("# The command line\n\nWhat `--help` says, made by `alignbench reference > docs/cli.md`.");
            await WriteAsync("alignbench", HelpOf(root, []), output);
            foreach (Command sub in root.Subcommands.Where(sub => !sub.Hidden))
            {
                await WriteAsync($"alignbench {sub.Name}", HelpOf(root, [sub.Name]), output);
            }

            return App.Done;
        });
        return command;
    }

    private static Task WriteAsync(string title, string help, TextWriter output) =>
        output.WriteAsync($"\n## {title}\n\n```text\n{help.Trim()}\n```\n");

    private static string HelpOf(Command root, string[] command)
    {
        using StringWriter help = new();
        root.Parse([.. command, "--help"]).Invoke(new InvocationConfiguration { Output = help });
        return Processors()
            .Replace(help.ToString(), "${1}[default: the processors]")
            .Replace(root.Name, "alignbench", StringComparison.Ordinal);
    }

    // The number of them is this machine's.
    [GeneratedRegex(@"(--threads .*)\[default: \d+\]")]
    private static partial Regex Processors();
}
