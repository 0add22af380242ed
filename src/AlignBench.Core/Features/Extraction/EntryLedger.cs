namespace AlignBench.Features.Extraction;

/// <summary>Which entries of a request have come by, which contents they hold, and which could not be encoded. One thread adds
/// entries, one skips contents.</summary>
internal sealed class EntryLedger
{
    private readonly FeatureRequest _request;
    private readonly ContentDigest[] _contents;             // [m], by entry
    private readonly bool[] _hasCome;                       // [m]
    private readonly HashSet<ContentDigest> _seen = [];
    private readonly Dictionary<ContentDigest, string> _skipped = [];

    private int _count;

    public EntryLedger(FeatureRequest request)
    {
        _request = request;
        _contents = new ContentDigest[request.Ids.Length];
        _hasCome = new bool[request.Ids.Length];
    }

    /// <summary>Entries that have come by; any thread may ask.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the content is the first of its kind in this request.</summary>
    /// <param name="entry">Its position in the request, from 0; each comes once.</param>
    /// <param name="content">What it holds.</param>
    public bool Add(int entry, ContentDigest content)
    {
        _contents[entry] = content;
        _hasCome[entry] = true;
        Volatile.Write(ref _count, _count + 1);
        return _seen.Add(content);
    }

    /// <summary>Leaves a content out.</summary>
    /// <exception cref="DataException">That is one more than the request allows.</exception>
    public void Skip(ContentDigest content, string reason)
    {
        _skipped.Add(content, reason);
        _request.ThrowIfTooMany(_skipped.Count, reason);
    }

    /// <exception cref="DataException">An id has not come by.</exception>
    public void ThrowIfIncomplete()
    {
        int missing = Array.IndexOf(_hasCome, false);
        if (missing >= 0)
        {
            throw new DataException(
                $"{_request.Dataset}: '{_request.Ids[missing]}' was asked for and is not in the data");
        }
    }

    /// <summary>[u] encoded contents, in the order in which the request names them first.</summary>
    public List<ContentDigest> Contents()
    {
        HashSet<ContentDigest> taken = [];
        return
        [
            .. _contents.Where(content => !_skipped.ContainsKey(content) && taken.Add(content)),
        ];
    }

    /// <summary>[m] the row of each entry in <paramref name="contents"/>, -1 for a skipped one.</summary>
    public long[] Rows(List<ContentDigest> contents)
    {
        Dictionary<ContentDigest, long> rowOf = [];
        foreach (ContentDigest content in contents)
        {
            rowOf.Add(content, rowOf.Count);
        }

        return [.. _contents.Select(content => rowOf.GetValueOrDefault(content, -1))];
    }

    public SkippedImage[] Skipped() =>
    [
        .. _request.Ids.Zip(_contents).Where(entry => _skipped.ContainsKey(entry.Second))
            .Select(entry => new SkippedImage(entry.First, _skipped[entry.Second])),
    ];
}
