using System.Runtime.CompilerServices;

namespace AlignBench.Tests;

/// <summary>Where the repository's own files lie, found from this source file's place.</summary>
internal static class TestPaths
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>The toy world: data/, models/, expected/.</summary>
    public static string Toy { get; } = Path.Combine(Root, "data", "toy");

    /// <summary>A file or folder of reference numbers under tests/goldens.</summary>
    public static string Golden(params string[] parts) => Path.Combine([Root, "tests", "goldens", .. parts]);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
