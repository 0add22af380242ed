namespace AlignBench.Cli;

/// <summary>The command line makes no sense, as only the command itself could see: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
