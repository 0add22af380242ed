using System.Diagnostics;
using System.Globalization;

namespace AlignBench.Tests.Memory;

/// <summary>Runs the program in a process of its own and watches its memory.</summary>
internal static class PeakMemory
{
    /// <summary>The most resident memory the process had, in bytes, as Linux keeps it (VmHWM).</summary>
    public static async Task<long> OfAsync(params string[] args)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "alignbench"), args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, HighWaterMark(process.Id));
            await Task.Delay(20);
        }

        await output;
        Assert.True(process.ExitCode == 0, await error);
        return peak;
    }

    private static long HighWaterMark(int processId)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line[6..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;                                       // it has just ended
        }
    }
}
