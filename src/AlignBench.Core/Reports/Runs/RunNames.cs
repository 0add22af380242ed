namespace AlignBench.Reports.Runs;

/// <summary>What runs are called when several are compared.</summary>
public static class RunNames
{
    /// <summary>Their own names, where these differ; else their folders, as given; numbered where these are equal too.</summary>
    public static IReadOnlyList<(string Name, RunFolder Results)> Of(IReadOnlyList<RunFolder> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        string[] names = [.. runs.Select(run => run.Name)];
        if (!AreDistinct(names))
        {
            names = [.. runs.Select(run => Path.TrimEndingDirectorySeparator(run.FolderPath))];
        }

        if (!AreDistinct(names))
        {
            names = [.. names.Select((name, i) => $"{name} ({i + 1})")];
        }

        return [.. names.Zip(runs)];
    }

    private static bool AreDistinct(string[] names) => names.Distinct().Count() == names.Length;
}
