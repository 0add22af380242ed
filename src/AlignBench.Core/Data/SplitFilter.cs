namespace AlignBench.Data;

/// <summary>Lets through the rows of the part that was asked for; all rows if none was.</summary>
internal sealed class SplitFilter(DatasetSource source)
{
    private readonly SortedSet<string> _seen = new(StringComparer.Ordinal);
    private bool _matched;

    /// <exception cref="DataException">
    /// A part was asked for, but this file does not mark its rows.
    /// </exception>
    public void RequireMarks(string file, string? column)
    {
        if (source.Split is not null && column is null)
        {
            throw new DataException($"{file}: no column split, so there is no part {source.Split} to take");
        }
    }

    public bool Takes(string? split)
    {
        if (source.Split is null)
        {
            return true;
        }

        _seen.Add(split ?? "null");
        bool takes = split == source.Split;
        _matched |= takes;
        return takes;
    }

    /// <exception cref="DataException">A part was asked for that no row belongs to.</exception>
    public void ThrowIfNothingMatched()
    {
        if (source.Split is not null && !_matched)
        {
            throw new DataException(
                $"{source.Path}: no row of split {source.Split}; there are {string.Join(", ", _seen)}");
        }
    }
}
