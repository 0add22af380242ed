namespace AlignBench.RealTests;

/// <summary>
/// What a person may want to read of a check: lines in the file that the environment variable ALIGNBENCH_WORDS
/// names, which scripts/check-real.sh shows.
/// </summary>
internal static class SpokenWords
{
    public static void Say(IEnumerable<string> lines)
    {
        if (Environment.GetEnvironmentVariable("ALIGNBENCH_WORDS") is { Length: > 0 } file)
        {
            File.AppendAllLines(file, lines);
        }
    }
}
