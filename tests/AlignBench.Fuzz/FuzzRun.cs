using System.Diagnostics;
using System.Globalization;

namespace AlignBench.Fuzz;

/// <summary>
/// Gives a target its cases in child processes: one that dies, hangs or takes too much memory is a finding, and the next
/// goes on behind that case.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, string folder)
{
    private const long MostResident = 1_500_000_000;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);   // of one case, on a busy machine

    private readonly string _progress = Path.Combine(folder, $"{target.Name}-{Guid.NewGuid():N}");
    private int _findings;

    /// <summary>Most resident memory that a child had, in bytes.</summary>
    public long Peak { get; private set; }

    /// <returns>How many cases the parser failed.</returns>
    public int Run(int first, int end)
    {
        File.WriteAllBytes(_progress, BitConverter.GetBytes(first));
        for (int next = first; next < end;)
        {
            next = RunChild(next, end);
        }

        File.Delete(_progress);
        return _findings;
    }

    private int RunChild(int first, int end)
    {
        using Process child = Start(first, end);
        child.OutputDataReceived += (_, line) => Report(line.Data);
        child.ErrorDataReceived += (_, line) => Echo(line.Data);
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        string? ended = Watch(child);
        child.WaitForExit();
        int reached = Reached();
        string? failure = ended ?? (child.ExitCode == 0 ? null : $"the process ended with {child.ExitCode}");
        if (failure is null)
        {
            return end;
        }

        Report($"{target.Name} {reached}: {failure}");
        return reached + 1;
    }

    private Process Start(int first, int end) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!,
        ["child", target.Name, first.ToString(CultureInfo.InvariantCulture), end.ToString(CultureInfo.InvariantCulture), _progress])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <returns>Why the child was ended, or null.</returns>
    private string? Watch(Process child)
    {
        int last = -1;
        long since = Stopwatch.GetTimestamp();
        while (!child.WaitForExit(200))
        {
            long resident = Resident(child);
            Peak = Math.Max(Peak, resident);
            int now = Reached();
            if (now != last)
            {
                (last, since) = (now, Stopwatch.GetTimestamp());
            }

            string? failure = resident > MostResident ? $"{resident} bytes resident"
                : Stopwatch.GetElapsedTime(since) > s_longest ? "it hangs"
                : null;
            if (failure is not null)
            {
                child.Kill();
                return failure;
            }
        }

        return null;
    }

    private static long Resident(Process child)
    {
        try
        {
            child.Refresh();
            return child.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;                                       // it has just ended
        }
    }

    private int Reached()
    {
        using FileStream stream = new(_progress, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[sizeof(int)];
        stream.ReadExactly(bytes);
        return BitConverter.ToInt32(bytes);
    }

    private void Report(string? line)
    {
        if (line is not null)
        {
            Interlocked.Increment(ref _findings);
            Console.WriteLine(line);
        }
    }

    private static void Echo(string? line)
    {
        if (line is not null)
        {
            Console.Error.WriteLine(line);
        }
    }
}
