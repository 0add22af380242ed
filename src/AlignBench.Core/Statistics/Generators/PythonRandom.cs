using System.Numerics;

namespace AlignBench.Statistics.Generators;

/// <summary>
/// Python's <c>random.Random(seed)</c> (CPython 3.2 and later, Lib/random.py), so that a sample is the one that a
/// Python user draws. Not thread-safe: one instance a thread.
/// </summary>
public sealed class PythonRandom
{
    private readonly MersenneTwister _bits;

    /// <param name="seed">As in <c>Random(seed)</c>; Python takes a negative seed's absolute value.</param>
    public PythonRandom(ulong seed)
    {
        ReadOnlySpan<uint> words = [(uint)seed, (uint)(seed >> 32)];
        _bits = new MersenneTwister(words[..(seed > uint.MaxValue ? 2 : 1)]);
    }

    /// <summary>Uniform on [0, 1) with 53 bits, as <c>random()</c>.</summary>
    public double NextDouble() => _bits.NextDouble();

    /// <summary>Uniform on 0 … n − 1, as <c>randrange(n)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is below 1.</exception>
    public int NextBelow(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        int shift = BitOperations.LeadingZeroCount((uint)n);
        uint drawn;
        do
        {
            drawn = _bits.NextUInt32() >> shift;
        }
        while (drawn >= (uint)n);
        return (int)drawn;
    }

    /// <summary>Shuffles in place, as <c>shuffle</c>.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary><paramref name="size"/> of 0 … n − 1, each at most once, as <c>sample(range(n), size)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is outside [0, n].</exception>
    public int[] Sample(int n, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, n);
        return n <= LargestPool(size) ? SampleFromPool(n, size) : SampleFromRange(n, size);
    }

    // Up to here Python takes a list of all to be smaller than a set of the chosen ones.
    private static long LargestPool(int size)
    {
        long powerOfFour = 1;
        while (size > 5 && powerOfFour < 3L * size)
        {
            powerOfFour *= 4;
        }

        return size > 5 ? 21 + powerOfFour : 21;
    }

    private int[] SampleFromPool(int n, int size)
    {
        int[] pool = [.. Enumerable.Range(0, n)];
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++)
        {
            int j = NextBelow(n - i);
            chosen[i] = pool[j];
            pool[j] = pool[n - i - 1];
        }

        return chosen;
    }

    private int[] SampleFromRange(int n, int size)
    {
        HashSet<int> taken = [];
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++)
        {
            do
            {
                chosen[i] = NextBelow(n);
            }
            while (!taken.Add(chosen[i]));
        }

        return chosen;
    }
}
