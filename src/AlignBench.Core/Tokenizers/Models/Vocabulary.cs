namespace AlignBench.Tokenizers;

/// <summary>Tokens and their ids, both ways.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly string?[] _texts;

    private Vocabulary(Dictionary<string, int> ids, string?[] texts)
    {
        _ids = ids;
        _texts = texts;
    }

    /// <summary>The largest id + 1.</summary>
    public int Size => _texts.Length;

    /// <summary>All tokens.</summary>
    public IEnumerable<KeyValuePair<string, int>> Tokens => _ids;

    /// <summary>From a map of tokens to ids.</summary>
    /// <param name="ids">Each id once; few may be missing.</param>
    /// <param name="source">File and place, for messages.</param>
    /// <exception cref="CheckpointException">
    /// An id is negative, doubled or far beyond the number of tokens.
    /// </exception>
    public static Vocabulary Create(Dictionary<string, int> ids, string source)
    {
        long limit = (2L * ids.Count) + 100_000;
        int size = 0;
        foreach ((string token, int id) in ids)
        {
            if (id < 0 || id >= limit)
            {
                throw new CheckpointException(
                    $"{source}: '{token}' has id {id}; expected 0 to {limit - 1} for {ids.Count} tokens.");
            }

            size = Math.Max(size, id + 1);
        }

        string?[] texts = new string?[size];
        foreach ((string token, int id) in ids)
        {
            if (texts[id] is { } other)
            {
                throw new CheckpointException($"{source}: tokens '{other}' and '{token}' both have id {id}.");
            }

            texts[id] = token;
        }

        return new Vocabulary(ids, texts);
    }

    /// <summary>The id of a token.</summary>
    public int? Find(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    /// <summary>The token of an id.</summary>
    public string TextOf(int id) => _texts[id] ?? "";
}
