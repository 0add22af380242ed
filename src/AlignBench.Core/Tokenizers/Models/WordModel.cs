namespace AlignBench.Tokenizers;

/// <summary>A model whose words don't depend on each other, so that short ones are remembered.</summary>
internal abstract class WordModel : ITokenModel
{
    /// <inheritdoc/>
    public abstract int Size { get; }

    /// <inheritdoc/>
    public abstract string TextOf(int id, ReadOnlySpan<byte> source);

    /// <inheritdoc/>
    public abstract int? Find(string token);

    /// <inheritdoc/>
    public virtual void Tokenize(ReadOnlySpan<byte> piece, int offset, Workspace work) =>
        TokenizeCached(piece, offset, work);

    /// <summary>Appends the tokens of one word.</summary>
    protected abstract void TokenizeWord(ReadOnlySpan<byte> word, int offset, Workspace work);

    /// <summary>Appends the tokens of one word, from memory if it was met before.</summary>
    protected void TokenizeCached(ReadOnlySpan<byte> word, int offset, Workspace work)
    {
        TokenSink sink = work.Tokens;
        if (sink.WithSpans || word.Length > WordCache.MaxBytes)
        {
            TokenizeWord(word, offset, work);
            return;
        }

        int slot = WordCache.SlotOf(word);
        if (!work.Words.TryAppend(word, slot, sink))
        {
            int first = sink.Count;
            TokenizeWord(word, offset, work);
            work.Words.Store(word, slot, sink.Ids[first..]);
        }
    }
}
