using System.Diagnostics;

namespace AlignBench.Benchmarks;

/// <summary>
/// Rates per second of processor time, on one thread. Unlike those per second of the clock they depend little
/// on what else the machine does, and a peer can be measured alike.
/// </summary>
internal static class ProcessorTime
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(3);

    /// <summary>Items a second, after a warm-up in which the compiler settles.</summary>
    /// <param name="items">Each goes through once a pass; there is one pass at least.</param>
    /// <param name="work">What is measured; its result is kept alive.</param>
    public static double Rate<T>(IReadOnlyList<T> items, Func<T, object> work)
    {
        Run(items, work, s_warmUp);
        return Run(items, work, s_round);
    }

    private static double Run<T>(IReadOnlyList<T> items, Func<T, object> work, TimeSpan atLeast)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan start = process.TotalProcessorTime;
        TimeSpan spent;
        long done = 0;
        do
        {
            foreach (T item in items)
            {
                GC.KeepAlive(work(item));
            }

            done += items.Count;
            process.Refresh();
            spent = process.TotalProcessorTime - start;
        }
        while (spent < atLeast);
        return done / spent.TotalSeconds;
    }
}
