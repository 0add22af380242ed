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
            return $"'{full}' has no option '{option}'{Suggestion.For(option, OptionNames(parsed))} (see '{full} --help')";
        }

        if (parsed.UnmatchedTokens is [string unknown, ..])
        {
            string suggestion = Suggestion.For(unknown, command.Subcommands.Select(sub => sub.Name));
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
}
