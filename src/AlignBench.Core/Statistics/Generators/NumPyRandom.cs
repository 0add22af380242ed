namespace AlignBench.Statistics.Generators;

/// <summary>
/// NumPy's legacy <c>RandomState</c>: MT19937 (Matsumoto and Nishimura 1998), so that folds and shuffles are
/// those of scikit-learn under the same seed. Not thread-safe: one instance a thread.
/// </summary>
public sealed class NumPyRandom
{
    private readonly MersenneTwister _bits;

    /// <param name="seed">As in <c>RandomState(seed)</c>, 0 to 2³² − 1.</param>
    public NumPyRandom(uint seed) => _bits = new MersenneTwister(seed);

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32() => _bits.NextUInt32();

    /// <summary>Uniform on [0, 1) with 53 bits, as <c>random_sample()</c>: two outputs a number.</summary>
    public double NextDouble() => _bits.NextDouble();

    /// <summary>
    /// Uniform on 0 … <paramref name="max"/>, both included: masked bits, drawn again while too large.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is negative.</exception>
    public int NextAtMost(int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        if (max == 0)
        {
            return 0;                                     // NumPy draws nothing for a single choice
        }

        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount((uint)max);
        uint drawn;
        do
        {
            drawn = NextUInt32() & mask;
        }
        while (drawn > (uint)max);
        return (int)drawn;
    }

    /// <summary>Shuffles in place, as <c>RandomState.shuffle</c>.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextAtMost(i);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>A shuffled 0 … n − 1, as <c>RandomState.permutation(n)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] Permutation(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        int[] values = [.. Enumerable.Range(0, n)];
        Shuffle(values.AsSpan());
        return values;
    }
}
