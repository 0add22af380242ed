namespace AlignBench.Tokenizers;

/// <summary>
/// Byte-pair encoding (Sennrich et al. 2016, arXiv:1508.07909): again and again the neighbouring pair of the
/// lowest rank merges, the leftmost first among equals, until none is left.
/// </summary>
internal static class PairMerger
{
    // Below this a plain scan for the minimum is faster than a heap.
    private const int ShortWord = 48;

    /// <summary>Merges the symbols in place.</summary>
    public static void Merge(SymbolBuffer symbols, MergeTable merges)
    {
        Span<ulong> pairs = symbols.Pairs;
        ReadOnlySpan<int> ids = symbols.Ids;
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            pairs[i] = merges.Find(ids[i], ids[i + 1]);
        }

        if (symbols.Count <= ShortWord)
        {
            MergeByScanning(symbols, merges);
        }
        else
        {
            new LinkedMerge(symbols, merges).Run();
        }
    }

    private static void MergeByScanning(SymbolBuffer symbols, MergeTable merges)
    {
        int count = symbols.Count;
        Span<ulong> pairs = symbols.Pairs;
        Span<int> ids = symbols.Ids;
        Span<int> ends = symbols.Ends;
        while (true)
        {
            int best = Lowest(pairs[..Math.Max(0, count - 1)]);
            if (best < 0)
            {
                break;
            }

            ids[best] = (int)pairs[best];
            ends[best] = ends[best + 1];
            for (int i = best + 1; i + 1 < count; i++)
            {
                ids[i] = ids[i + 1];
                ends[i] = ends[i + 1];
                pairs[i] = pairs[i + 1];
            }

            count--;
            if (best > 0)
            {
                pairs[best - 1] = merges.Find(ids[best - 1], ids[best]);
            }

            if (best + 1 < count)
            {
                pairs[best] = merges.Find(ids[best], ids[best + 1]);
            }
        }

        symbols.Count = count;
    }

    // The rank is the upper half; equal ranks go to the left whatever they merge into.
    private static int Lowest(ReadOnlySpan<ulong> pairs)
    {
        int best = -1;
        uint bestRank = uint.MaxValue;
        for (int i = 0; i < pairs.Length; i++)
        {
            uint rank = (uint)(pairs[i] >> 32);
            if (rank < bestRank)
            {
                best = i;
                bestRank = rank;
            }
        }

        return best;
    }
}
