using System.CommandLine;

namespace AlignBench.Cli.Commands;

/// <summary>A command that does something, with what its help and its interruption say.</summary>
/// <param name="name">As typed.</param>
/// <param name="description">One sentence for the list of commands.</param>
/// <param name="examples">Command lines for the help, each followed by what it does.</param>
/// <param name="kept">What an interrupted run leaves behind, to follow "interrupted; ".</param>
internal sealed class WorkCommand(
    string name, string description, IReadOnlyList<(string Line, string Meaning)> examples, string kept)
    : Command(name, description)
{
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; } = examples;

    public string Kept { get; } = kept;
}
