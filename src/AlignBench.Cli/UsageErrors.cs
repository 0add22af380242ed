using System.CommandLine;
using System.CommandLine.Parsing;

namespace AlignBench.Cli;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class UsageErrors
{
    /// <summary>The first mistake, what may have been meant and where help is; null if there is none.</summary>
    public static string? Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string full = command is RootCommand ? "alignbench" : $"alignbench {command.Name}";
        if (parsed.Action is ExamplesHelp)
        {
            return null;
        }

        if (Misspelled(parsed) is { } option)
        {
            return $"'{full}' has no option '{option}'{Suggest(option, OptionNames(parsed))} (see '{full} --help')";
        }

        if (parsed.UnmatchedTokens is [string unknown, ..])
        {
            string suggestion = Suggest(unknown, command.Subcommands.Select(sub => sub.Name));
            return command.Subcommands.Count > 0
                ? $"no command '{unknown}'{suggestion} (see '{full} --help')"
                : $"'{full}' takes no further argument, got '{unknown}' (see '{full} --help')";
        }

        return parsed.Errors is [ParseError error, ..] ? $"{Words(error)} (see '{full} --help')" : null;
    }

    private static string Words(ParseError error) => error.Message.TrimEnd('.')
        .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal);

    // The parser takes an unknown option for an argument, and complains about that.
    private static string? Misspelled(ParseResult parsed) => parsed.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument)
        .Where(token => token.Value is ['-', not ('.' or (>= '0' and <= '9')), ..])
        .Select(token => token.Value.Split('=')[0])
        .FirstOrDefault();

    private static IEnumerable<string> OptionNames(ParseResult parsed) =>
        parsed.CommandResult.Command.Options
            .Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive))
            .Select(option => option.Name);

    private static string Suggest(string wrong, IEnumerable<string> names)
    {
        string? nearest = names
            .Where(name => Edits(wrong, name) <= Math.Max(2, wrong.Length / 3))
            .MinBy(name => Edits(wrong, name));
        return nearest is null ? "" : $"; did you mean '{nearest}'?";
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.</summary>
    private static int Edits(string a, string b)
    {
        int[,] edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                int substituted = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, substituted);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[a.Length, b.Length];
    }
}
