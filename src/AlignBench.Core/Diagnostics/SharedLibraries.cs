using System.Runtime.InteropServices;

namespace AlignBench.Diagnostics;

/// <summary>What the file names of installed shared libraries say, without loading them.</summary>
internal static class SharedLibraries
{
    private static readonly string[] s_folders =
    [
        $"/usr/lib/{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu",
        "/usr/lib64",
        "/usr/local/lib",
        "/usr/lib",
    ];

    /// <summary>What follows ".so." in the longest name of a library, "2.6" of libdnnl.so.2.6; null if there is none.</summary>
    public static string? VersionOf(string library) => VersionOf(library, s_folders);

    internal static string? VersionOf(string library, IEnumerable<string> folders)
    {
        string prefix = $"{library}.so.";
        return folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, library + "*"))
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..])
            .OrderByDescending(version => version.Length)
            .ThenByDescending(version => version, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
