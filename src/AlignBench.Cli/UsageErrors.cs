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
        // A directive's rest is a command line that is still being typed.
        if (parsed.Action is ExamplesHelp || parsed.Tokens is [{ Type: TokenType.Directive }, ..])
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

        if (parsed.Errors is [ParseError error, ..])
        {
            return $"{Words(error)} (see '{full} --help')";
        }

        return Emptied(parsed) is { } emptied
            ? $"{emptied}: expected a value, got an empty text (see '{full} --help')"
            : null;
    }

    // The parser speaks of .NET types, and in several lines.
    private static string Words(ParseError error)
    {
        string message = error.Message.TrimEnd('.')
            .Replace("System.Nullable`1[System.Int32]", "System.Int32", StringComparison.Ordinal)
            .Replace("System.Nullable`1[System.UInt32]", "System.UInt32", StringComparison.Ordinal)
            .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal)
            .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
            .Replace("as expected type 'System.UInt32'", "as a whole number from 0", StringComparison.Ordinal);
        string[] lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 1 ? lines[0] : $"{lines[0]} {string.Join(", ", lines[1..])}";
    }

    // As --features "$UNSET" in a script: it would mean the folder that one happens to be in.
    private static string? Emptied(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>()
        .Where(option => option.Tokens.Any(token => token.Value.Length == 0))
        .Select(option => option.Option.Name)
        .FirstOrDefault();

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
