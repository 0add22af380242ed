using System.Globalization;
using System.Runtime.InteropServices;

namespace AlignBench.Diagnostics;

/// <summary>The machine itself: nothing here can be missing, but some of it explains speed.</summary>
internal static class Machine
{
    private const double Gibibyte = 1 << 30;

    public static Finding Runtime() =>
        new(".NET", Verdict.Ok, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");

    public static Finding Processor(IReadOnlyList<string> features)
    {
        const string What = "processor";
        string found = $"{ProcessorName()}; {string.Join(' ', features)}".TrimEnd(' ', ';');
        return features.Contains("avx2") || RuntimeInformation.ProcessArchitecture != Architecture.X64
            ? new Finding(What, Verdict.Ok, found)
            : new Finding(What, Verdict.Note, found, "without AVX2 everything takes several times as long");
    }

    /// <param name="workers">Threads that share the items of a stage.</param>
    /// <param name="settings">Environment of the native libraries.</param>
    public static Finding Threads(int workers, IReadOnlyDictionary<string, string> settings) =>
        new(
            "threads", Verdict.Ok,
            $"{workers} workers; {string.Join(' ', settings.Select(setting => $"{setting.Key}={setting.Value}"))}");

    public static Finding Memory()
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte;
        return new(
            "memory", Verdict.Ok, string.Create(CultureInfo.InvariantCulture, $"{available:F1} GiB for this process"));
    }

    /// <param name="folder">Of the feature store.</param>
    public static Finding Store(string folder)
    {
        const string What = "feature store";
        try
        {
            AtomicFile.ThrowIfUnwritable(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(What, Verdict.Missing, e.Message, "--features names another folder");
        }

        EnumerationOptions everything =
            new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };
        FileInfo[] files = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*", everything) : [];
        string existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        // Another process may remove its temporary files meanwhile.
        double used = files.Sum(file => file.Exists ? file.Length : 0) / Gibibyte;
        double free = new DriveInfo(existing).AvailableFreeSpace / Gibibyte;
        string found = string.Create(
            CultureInfo.InvariantCulture, $"{folder}: {files.Length} files, {used:F2} GiB; {free:F1} GiB free there");
        return free < 1
            ? new Finding(What, Verdict.Note, found, "--features names a folder with more room")
            : new Finding(What, Verdict.Ok, found);
    }

    private static string ProcessorName()
    {
        const string Key = "model name";
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
