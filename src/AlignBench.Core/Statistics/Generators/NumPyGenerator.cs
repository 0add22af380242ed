using System.Numerics;

namespace AlignBench.Statistics.Generators;

/// <summary>
/// NumPy's <c>default_rng(seed)</c>: PCG64 (O'Neill 2014, XSL-RR with 128 bits of state), so that a sample is the
/// one that a Python user draws. As NumPy 1.17 to 2.4. Not thread-safe: one instance a thread.
/// </summary>
public sealed class NumPyGenerator
{
    private static readonly UInt128 s_multiplier = new(0x2360ed051fc65da4, 0x4385df649fccf645);

    private readonly UInt128 _increment;
    private UInt128 _state;
    private uint _kept;
    private bool _hasKept;

    /// <param name="seed">As in <c>default_rng(seed)</c>.</param>
    public NumPyGenerator(ulong seed)
    {
        ulong[] words = NumPySeedSequence.GenerateState(seed, 4);
        _increment = (new UInt128(words[2], words[3]) << 1) | 1;
        Step();
        _state += new UInt128(words[0], words[1]);
        Step();
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        Step();
        ulong high = (ulong)(_state >> 64);
        return BitOperations.RotateRight(high ^ (ulong)_state, (int)(high >> 58));
    }

    /// <summary>The next 32 random bits: the low half of an output, then its high half, which is kept for that.</summary>
    public uint NextUInt32()
    {
        if (_hasKept)
        {
            _hasKept = false;
            return _kept;
        }

        ulong next = NextUInt64();
        _kept = (uint)(next >> 32);
        _hasKept = true;
        return (uint)next;
    }

    /// <summary>Uniform on [0, 1) with 53 bits, as <c>random()</c>.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / 9007199254740992.0);

    /// <summary>Shuffles in place, as <c>shuffle</c> does an array of one dimension.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = MaskedAtMost((uint)i);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>A shuffled 0 … n − 1, as <c>permutation(n)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] Permutation(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        int[] values = [.. Enumerable.Range(0, n)];
        Shuffle(values.AsSpan());
        return values;
    }

    /// <summary>
    /// <paramref name="size"/> of 0 … n − 1, each at most once, as <c>choice(n, size, replace=False)</c>. These are
    /// not the first of <see cref="Permutation"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is outside [0, n].</exception>
    public int[] Choice(int n, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, n);
        if (n > 10_000 && size > n / 50)
        {
            int[] all = [.. Enumerable.Range(0, n)];
            ShuffleFrom(all, Math.Max(n - size, 1));
            return all[(n - size)..];
        }

        // Floyd's algorithm (Bentley and Floyd 1987).
        HashSet<int> taken = [];
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++)
        {
            int last = n - size + i;
            int drawn = AtMost((uint)last);
            chosen[i] = taken.Add(drawn) ? drawn : last;
            taken.Add(chosen[i]);
        }

        ShuffleFrom(chosen, 1);
        return chosen;
    }

    private void Step() => _state = (_state * s_multiplier) + _increment;

    private void ShuffleFrom(int[] values, int first)
    {
        for (int i = values.Length - 1; i >= first; i--)
        {
            int j = AtMost((uint)i);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    // Masked bits, drawn again while too large.
    private int MaskedAtMost(uint max)
    {
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(max);
        uint drawn;
        do
        {
            drawn = NextUInt32() & mask;
        }
        while (drawn > max);
        return (int)drawn;
    }

    // Lemire 2019, "Fast random integer generation in an interval", arXiv:1805.10941; nothing is drawn for 0.
    private int AtMost(uint max)
    {
        if (max == 0)
        {
            return 0;
        }

        uint count = max + 1;
        ulong product = (ulong)NextUInt32() * count;
        if ((uint)product < count)
        {
            uint threshold = (uint.MaxValue - max) % count;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * count;
            }
        }

        return (int)(product >> 32);
    }
}
