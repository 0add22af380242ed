namespace AlignBench.Data;

/// <summary>Finds out which of many texts occurred twice, at 16 bytes a text.</summary>
internal sealed class UniqueTexts
{
    private readonly List<UInt128> _digests = [];

    public void Add(string text) => _digests.Add(TextDigest.Of(text));

    /// <summary>Digests of the texts that were added more than once; what was added is forgotten.</summary>
    public HashSet<UInt128> TakeTwice()
    {
        _digests.Sort();
        HashSet<UInt128> twice = [];
        for (int i = 1; i < _digests.Count; i++)
        {
            if (_digests[i] == _digests[i - 1])
            {
                twice.Add(_digests[i]);
            }
        }

        _digests.Clear();
        _digests.TrimExcess();
        return twice;
    }
}
