using System.Diagnostics;
using System.Globalization;

namespace AlignBench.Fuzz;

/// <summary>
/// Gives each parser COUNT damaged files: <c>run COUNT [TARGET ...]</c>, all targets by default. Prints a line a finding
/// and a line a target; 1 if there was a finding. <c>case TARGET NUMBER FILE</c> writes one damaged file.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["run", string count, .. string[] names]:
                return Run(int.Parse(count, CultureInfo.InvariantCulture), names);
            case ["child", string name, string first, string end, string progressFile]:
                FuzzChild.Run(
                    Find(name),
                    int.Parse(first, CultureInfo.InvariantCulture),
                    int.Parse(end, CultureInfo.InvariantCulture),
                    progressFile);
                return 0;
            case ["case", string name, string number, string file]:
                File.WriteAllBytes(file, Find(name).Case(int.Parse(number, CultureInfo.InvariantCulture)));
                return 0;
            default:
                Console.Error.WriteLine("expected: run COUNT [TARGET ...] or case TARGET NUMBER FILE");
                return 2;
        }
    }

    private static int Run(int count, string[] names)
    {
        FuzzTarget[] targets = names.Length == 0 ? FuzzTargets.All() : [.. names.Select(Find)];
        string memory = "/dev/shm";                         // a hundred thousand files need no disk
        string root = Directory.Exists(memory) ? memory : Path.GetTempPath();
        string folder = Directory.CreateDirectory(Path.Combine(root, $"fuzz-{Environment.ProcessId}")).FullName;
        int findings = targets.Sum(target => Run(target, count, folder));
        Directory.Delete(folder, recursive: true);
        return findings == 0 ? 0 : 1;
    }

    private static int Run(FuzzTarget target, int count, string folder)
    {
        long start = Stopwatch.GetTimestamp();
        int parts = Math.Min(Environment.ProcessorCount, count);
        int findings = 0;
        long peak = 0;
        int First(int part) => (int)((long)count * part / parts);

        Parallel.For(0, parts, part =>
        {
            FuzzRun run = new(target, folder);
            int found = run.Run(First(part), First(part + 1));
            Interlocked.Add(ref findings, found);
            lock (target)
            {
                peak = Math.Max(peak, run.Peak);
            }
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: {count} damaged files, {findings} findings, "
            + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, {peak / 1_000_000} MB"));
        return findings;
    }

    private static FuzzTarget Find(string name) =>
        FuzzTargets.All().FirstOrDefault(target => target.Name == name)
            ?? throw new ArgumentException($"no target {name}", nameof(name));
}
