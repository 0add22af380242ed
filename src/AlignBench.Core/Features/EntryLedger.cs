namespace AlignBench.Features;

/// <summary>Which entries of a request have come by, which contents they hold, and which could not be encoded.</summary>
internal sealed class EntryLedger
{
    private readonly FeatureRequest _request;
    private readonly Dictionary<string, ContentDigest> _contentOfId = [];
    private readonly HashSet<ContentDigest> _seen = [];
    private readonly Dictionary<ContentDigest, string> _skipped = [];

    public EntryLedger(FeatureRequest request) => _request = request;

    /// <summary>Entries that have come by.</summary>
    public int Count => _contentOfId.Count;

    /// <summary>Whether the content is the first of its kind in this request.</summary>
    public bool Add(string id, ContentDigest content)
    {
        _contentOfId.Add(id, content);
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
        if (_request.Ids.FirstOrDefault(id => !_contentOfId.ContainsKey(id)) is string missing)
        {
            throw new DataException($"{_request.Dataset}: '{missing}' was asked for and is not in the data");
        }
    }

    /// <summary>[u] encoded contents, in the order in which the request names them first.</summary>
    public List<ContentDigest> Contents()
    {
        HashSet<ContentDigest> taken = [];
        return
        [
            .. _request.Ids.Select(id => _contentOfId[id])
                .Where(content => !_skipped.ContainsKey(content) && taken.Add(content)),
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

        return [.. _request.Ids.Select(id => rowOf.GetValueOrDefault(_contentOfId[id], -1))];
    }

    public SkippedImage[] Skipped() =>
    [
        .. _request.Ids.Where(id => _skipped.ContainsKey(_contentOfId[id]))
            .Select(id => new SkippedImage(id, _skipped[_contentOfId[id]])),
    ];
}
