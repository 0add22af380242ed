namespace AlignBench.RealTests;

/// <summary>
/// Where the real files lie: the folder that the environment variable ALIGNBENCH_SHARED names.
/// </summary>
internal static class SharedPaths
{
    /// <summary>A file or folder in it.</summary>
    public static string Of(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static string Root() => Environment.GetEnvironmentVariable("ALIGNBENCH_SHARED")
        ?? throw new InvalidOperationException("ALIGNBENCH_SHARED must name the folder of real files.");
}
