namespace AlignBench.Inspection;

/// <summary>How often each whole number occurred. Memory grows with the distinct numbers alone.</summary>
public sealed class Tally
{
    private readonly SortedDictionary<long, long> _counts = [];

    /// <summary>Occurrences in all.</summary>
    public long Count { get; private set; }

    /// <summary>The numbers that occurred, ascending, each with its occurrences.</summary>
    public IReadOnlyDictionary<long, long> Counts => _counts;

    public void Add(long value)
    {
        _counts[value] = _counts.GetValueOrDefault(value) + 1;
        Count++;
    }

    /// <summary>Smallest; 0 if nothing occurred.</summary>
    public long Min => Count == 0 ? 0 : _counts.Keys.First();

    /// <summary>Largest; 0 if nothing occurred.</summary>
    public long Max => Count == 0 ? 0 : _counts.Keys.Last();

    /// <summary>The middle one, of an even number of them the mean of both; NaN if nothing occurred.</summary>
    public double Median => Count == 0 ? double.NaN : (At((Count - 1) / 2) + At(Count / 2)) / 2.0;

    /// <summary>The arithmetic mean; NaN if nothing occurred.</summary>
    public double Mean => Count == 0
        ? double.NaN
        : _counts.Sum(pair => (double)pair.Key * pair.Value) / Count;

    /// <summary>
    /// The counts in at most <paramref name="most"/> bins of one width, which is 1, 2 or 5 times a power of ten; the
    /// first starts at a multiple of it. Empty bins in between are there too.
    /// </summary>
    /// <param name="most">3 or more.</param>
    /// <returns>For each bin its first and last number and the count.</returns>
    public IReadOnlyList<(long First, long Last, long Count)> Bins(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 3);
        if (Count == 0)
        {
            return [];
        }

        long width = Widths().First(width => Bin(Max, width) - Bin(Min, width) < most);
        long first = Bin(Min, width);
        long[] counts = new long[Bin(Max, width) - first + 1];
        foreach ((long value, long count) in _counts)
        {
            counts[Bin(value, width) - first] += count;
        }

        return
        [
            .. counts.Select((count, i) => ((first + i) * width, ((first + i + 1) * width) - 1, count)),
        ];
    }

    private static long Bin(long value, long width) => (long)Math.Floor((double)value / width);

    private static IEnumerable<long> Widths()
    {
        for (long power = 1; ; power *= 10)
        {
            yield return power;
            yield return 2 * power;
            yield return 5 * power;
        }
    }

    private double At(long rank)
    {
        foreach ((long value, long count) in _counts)
        {
            if (rank < count)
            {
                return value;
            }

            rank -= count;
        }

        return double.NaN;
    }
}
