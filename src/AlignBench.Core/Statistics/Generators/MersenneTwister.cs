namespace AlignBench.Statistics.Generators;

/// <summary>
/// MT19937 (Matsumoto and Nishimura 1998), the bits behind NumPy's <c>RandomState</c> and Python's
/// <c>random.Random</c>, which differ in the seeding and in what they make of the bits. Not thread-safe.
/// </summary>
internal sealed class MersenneTwister
{
    private const int StateSize = 624;
    private const int Middle = 397;

    private readonly uint[] _key = new uint[StateSize];
    private int _position = StateSize;

    /// <summary>The paper's <c>init_genrand</c>, NumPy's way.</summary>
    public MersenneTwister(uint seed) => Fill(seed);

    /// <summary>The paper's <c>init_by_array</c>, CPython's way.</summary>
    /// <param name="words">The seed in words of 32 bits, the lowest first; one at least.</param>
    public MersenneTwister(ReadOnlySpan<uint> words)
    {
        Fill(19650218u);
        int i = 1;
        int j = 0;
        for (int k = Math.Max(StateSize, words.Length); k > 0; k--)
        {
            _key[i] = (_key[i] ^ (Mixed(i - 1) * 1664525u)) + words[j] + (uint)j;
            Advance(ref i);
            j = (j + 1) % words.Length;
        }

        for (int k = StateSize - 1; k > 0; k--)
        {
            _key[i] = (_key[i] ^ (Mixed(i - 1) * 1566083941u)) - (uint)i;
            Advance(ref i);
        }

        _key[0] = 0x80000000u;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_position == StateSize)
        {
            Generate();
        }

        uint y = _key[_position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    /// <summary>Uniform on [0, 1) with 53 bits: two outputs a number.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    private void Fill(uint seed)
    {
        _key[0] = seed;
        for (int i = 1; i < StateSize; i++)
        {
            _key[i] = (1812433253u * Mixed(i - 1)) + (uint)i;
        }
    }

    private uint Mixed(int i) => _key[i] ^ (_key[i] >> 30);

    private void Advance(ref int i)
    {
        if (++i == StateSize)
        {
            _key[0] = _key[StateSize - 1];
            i = 1;
        }
    }

    private void Generate()
    {
        for (int i = 0; i < StateSize; i++)
        {
            uint y = (_key[i] & 0x80000000u) | (_key[(i + 1) % StateSize] & 0x7fffffffu);
            uint twist = (y & 1u) == 0 ? 0u : 0x9908b0dfu;
            _key[i] = _key[(i + Middle) % StateSize] ^ (y >> 1) ^ twist;
        }

        _position = 0;
    }
}
