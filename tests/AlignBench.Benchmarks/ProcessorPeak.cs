using System.Runtime.Intrinsics;

namespace AlignBench.Benchmarks;

/// <summary>What one thread's fused multiply-adds could do at most.</summary>
internal static class ProcessorPeak
{
    private const int Steps = 2_000_000;

    /// <summary>Processor time of the process while <paramref name="work"/> runs.</summary>
    public static double SecondsOf(Action work)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    /// <summary>float32 operations a second, products and sums counted each.</summary>
    public static double Measure()
    {
        bool wide = Vector512.IsHardwareAccelerated;
        float result = 0;
        double seconds = SecondsOf(() => result = wide ? Wide() : Narrow());
        GC.KeepAlive(result);
        return 12.0 * 2 * (wide ? 16 : 8) * Steps / seconds;
    }

    // Twelve sums that do not wait for each other, in registers.
    private static float Wide()
    {
        Vector512<float> f = Vector512.Create(0.999f), t = Vector512.Create(0.001f);
        Vector512<float> a = t, b = t, c = t, d = t, e = t, g = t, h = t, i = t, j = t, k = t, l = t, m = t;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector512.FusedMultiplyAdd(a, f, t);
            b = Vector512.FusedMultiplyAdd(b, f, t);
            c = Vector512.FusedMultiplyAdd(c, f, t);
            d = Vector512.FusedMultiplyAdd(d, f, t);
            e = Vector512.FusedMultiplyAdd(e, f, t);
            g = Vector512.FusedMultiplyAdd(g, f, t);
            h = Vector512.FusedMultiplyAdd(h, f, t);
            i = Vector512.FusedMultiplyAdd(i, f, t);
            j = Vector512.FusedMultiplyAdd(j, f, t);
            k = Vector512.FusedMultiplyAdd(k, f, t);
            l = Vector512.FusedMultiplyAdd(l, f, t);
            m = Vector512.FusedMultiplyAdd(m, f, t);
        }

        return Vector512.Sum(a + b + c + d + e + g + h + i + j + k + l + m);
    }

    private static float Narrow()
    {
        Vector256<float> f = Vector256.Create(0.999f), t = Vector256.Create(0.001f);
        Vector256<float> a = t, b = t, c = t, d = t, e = t, g = t, h = t, i = t, j = t, k = t, l = t, m = t;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector256.FusedMultiplyAdd(a, f, t);
            b = Vector256.FusedMultiplyAdd(b, f, t);
            c = Vector256.FusedMultiplyAdd(c, f, t);
            d = Vector256.FusedMultiplyAdd(d, f, t);
            e = Vector256.FusedMultiplyAdd(e, f, t);
            g = Vector256.FusedMultiplyAdd(g, f, t);
            h = Vector256.FusedMultiplyAdd(h, f, t);
            i = Vector256.FusedMultiplyAdd(i, f, t);
            j = Vector256.FusedMultiplyAdd(j, f, t);
            k = Vector256.FusedMultiplyAdd(k, f, t);
            l = Vector256.FusedMultiplyAdd(l, f, t);
            m = Vector256.FusedMultiplyAdd(m, f, t);
        }

        return Vector256.Sum(a + b + c + d + e + g + h + i + j + k + l + m);
    }
}
