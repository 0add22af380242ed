namespace AlignBench.Statistics.Generators;

/// <summary>
/// NumPy's <c>SeedSequence(seed)</c>, which spreads a seed over the state of a generator (numpy/random/
/// bit_generator.pyx, after O'Neill 2015, "Developing a seed_seq alternative"). No spawn key, pool of four words.
/// </summary>
internal static class NumPySeedSequence
{
    private const int PoolSize = 4;
    private const int Shift = 16;

    /// <summary>As <c>SeedSequence(seed).generate_state(count, np.uint64)</c>.</summary>
    public static ulong[] GenerateState(ulong seed, int count)
    {
        uint[] pool = Pool(seed);
        uint hash = 0x8b51f9ddu;
        ulong[] state = new ulong[count];
        for (int i = 0; i < 2 * count; i++)
        {
            uint word = pool[i % PoolSize] ^ hash;
            hash *= 0x58f38dedu;
            word *= hash;
            word ^= word >> Shift;
            state[i / 2] |= (ulong)word << (32 * (i % 2));
        }

        return state;
    }

    // A seed of 64 bits is two words at most, so there is none left over once the pool is filled.
    private static uint[] Pool(ulong seed)
    {
        uint hash = 0x43b0d7e5u;
        uint[] pool = [(uint)seed, (uint)(seed >> 32), 0, 0];
        for (int i = 0; i < PoolSize; i++)
        {
            pool[i] = Hash(pool[i], ref hash);
        }

        for (int from = 0; from < PoolSize; from++)
        {
            for (int to = 0; to < PoolSize; to++)
            {
                if (from != to)
                {
                    pool[to] = Mix(pool[to], Hash(pool[from], ref hash));
                }
            }
        }

        return pool;
    }

    private static uint Hash(uint value, ref uint hash)
    {
        value ^= hash;
        hash *= 0x931e8875u;
        value *= hash;
        return value ^ (value >> Shift);
    }

    private static uint Mix(uint x, uint y)
    {
        uint mixed = (0xca01f9ddu * x) - (0x4973f715u * y);
        return mixed ^ (mixed >> Shift);
    }
}
