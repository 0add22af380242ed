using System.Collections.Concurrent;

namespace AlignBench.Tokenizers;

/// <summary>
/// Runs the steps of a <see cref="TokenizerParts"/>: added tokens, normalizers, pre-tokenizers, model,
/// template (Hugging Face tokenizers, tokenizer/mod.rs).
/// </summary>
internal sealed class PipelineTokenizer : ITokenizer
{
    private readonly TokenizerParts _parts;
    private readonly AddedTokenMatcher? _rawTokens;
    private readonly AddedTokenMatcher? _normalizedTokens;
    private readonly int[] _before;
    private readonly int[] _behind;
    private readonly ConcurrentBag<Workspace> _workspaces = [];

    public PipelineTokenizer(TokenizerParts parts)
    {
        _parts = parts;
        _before = [.. parts.Template.Before.Select(token => token.Id)];
        _behind = [.. parts.Template.Behind.Select(token => token.Id)];
        VocabularySize = Math.Max(
            parts.Model.Size, 1 + parts.AddedTokens.Select(
                token => token.Id).Concat(_before).Concat(_behind).Append(-1).Max());
        _rawTokens = Matcher([.. parts.AddedTokens.Where(token => !token.Normalized)], Utf8Runes.GetBytes);
        _normalizedTokens = Matcher([.. parts.AddedTokens.Where(token => token.Normalized)], Normalized);
    }

    /// <inheritdoc/>
    public int? PadId => _parts.PadId;

    /// <inheritdoc/>
    public string Fingerprint => _parts.Fingerprint;

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int AddedTokenCount => _parts.Template.Count;

    /// <inheritdoc/>
    public int[] EncodeIds(string text) => EncodeIds(text, int.MaxValue);

    /// <inheritdoc/>
    public int[] EncodeIds(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, AddedTokenCount);
        Workspace work = Rent();
        work.Tokens.Clear(withSpans: false);
        Run(text, work);
        ReadOnlySpan<int> plain = work.Tokens.Ids;
        plain = plain[..Math.Min(plain.Length, maxLength - AddedTokenCount)];
        int[] ids = [.. _before, .. plain, .. _behind];
        Return(work);
        return ids;
    }

    /// <inheritdoc/>
    public Encoding Encode(string text)
    {
        Encoding plain = EncodePlain(text);
        (int, int)[] noOffsets = new (int, int)[AddedTokenCount];
        return new Encoding(
            [.. _before, .. plain.Ids, .. _behind],
            [.. _parts.Template.Before.Select(token => token.Text), .. plain.Tokens,
                .. _parts.Template.Behind.Select(token => token.Text)],
            [.. noOffsets[.._before.Length], .. plain.Offsets, .. noOffsets[_before.Length..]],
            [.. _before.Select(_ => 1), .. plain.SpecialTokensMask, .. _behind.Select(_ => 1)]);
    }

    /// <inheritdoc/>
    public Encoding EncodePlain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Workspace work = Rent();
        work.Tokens.Clear(withSpans: true);
        work.TokenTexts.Clear();
        Run(text, work);
        int count = work.Tokens.Count;
        (int, int)[] offsets = new (int, int)[count];
        for (int i = 0; i < count; i++)
        {
            (int start, int end) = work.Tokens.SpanOf(i);
            offsets[i] = _parts.OffsetTrimmer is { } trimmer
                ? trimmer.Trim(i, work.TokenTexts[i], start, end)
                : (start, end);
        }

        Encoding encoding = new(work.Tokens.Ids.ToArray(), [.. work.TokenTexts], offsets, new int[count]);
        Return(work);
        return encoding;
    }

    private Workspace Rent() => _workspaces.TryTake(out Workspace? work) ? work : new Workspace();

    private void Return(Workspace work)
    {
        if (work.IsSmall)
        {
            _workspaces.Add(work);
        }
    }

    private void Run(string text, Workspace work)
    {
        work.Raw.Load(text, work.Tokens.WithSpans);
        int position = 0;
        while (_rawTokens is not null
            && _rawTokens.TryFind(work.Raw.Bytes, position, out AddedToken token, out int start, out int end))
        {
            RunStretch(work.Raw, position, start, work);
            AddToken(token, work.Raw, start, end, work);
            position = end;
        }

        RunStretch(work.Raw, position, work.Raw.Length, work);
    }

    private void RunStretch(AlignedText raw, int start, int end, Workspace work)
    {
        if (start == end)
        {
            return;
        }

        AlignedText text = raw;
        if (end - start < raw.Length)
        {
            text = work.Stretch;
            text.Clear(raw.Aligned);
            text.Append(raw, start, end);
        }

        text = Normalize(text, work);
        int position = 0;
        AddedTokenMatcher? matcher = _normalizedTokens;
        while (matcher is not null
            && matcher.TryFind(text.Bytes, position, out AddedToken token, out int from, out int to))
        {
            RunPieces(text, position, from, isTextStart: start == 0 && position == 0, work);
            AddToken(token, text, from, to, work);
            position = to;
        }

        RunPieces(text, position, text.Length, isTextStart: start == 0 && position == 0, work);
    }

    private AlignedText Normalize(AlignedText text, Workspace work)
    {
        foreach (INormalizer normalizer in _parts.Normalizers)
        {
            AlignedText target = work.NormalizerTarget(text);
            normalizer.Normalize(text, target);
            text = target;
        }

        return text;
    }

    private void RunPieces(AlignedText text, int start, int end, bool isTextStart, Workspace work)
    {
        work.Pieces.Clear();
        work.Pieces.Add(start, end);
        foreach (object step in _parts.PreTokenizers)
        {
            work.NextPieces.Clear();
            if (step is ISplitter splitter)
            {
                for (int i = 0; i < work.Pieces.Count; i++)
                {
                    splitter.Split(text.Bytes, work.Pieces[i].Start, work.Pieces[i].End, work.NextPieces);
                }
            }
            else
            {
                AlignedText target = work.RewriterTarget(text);
                ((IPieceRewriter)step).Rewrite(text, work.Pieces, isTextStart, target, work.NextPieces);
                text = target;
            }

            work.SwapPieces();
        }

        int first = work.Tokens.Count;
        for (int i = 0; i < work.Pieces.Count; i++)
        {
            (int from, int to) = work.Pieces[i];
            _parts.Model.Tokenize(text.Bytes[from..to], from, work);
        }

        if (work.Tokens.WithSpans)
        {
            Locate(text, first, work);
        }
    }

    // From bytes of the model's text to code points of the original.
    private void Locate(AlignedText text, int first, Workspace work)
    {
        for (int i = first; i < work.Tokens.Count; i++)
        {
            (int start, int end) = work.Tokens.SpanOf(i);
            work.TokenTexts.Add(_parts.Model.TextOf(work.Tokens.Ids[i], text.Bytes[start..end]));
            int from = text.StartOf(start);
            work.Tokens.SetSpan(i, from, end > start ? text.EndOf(end - 1) : from);
        }
    }

    private static void AddToken(AddedToken token, AlignedText text, int start, int end, Workspace work)
    {
        work.Tokens.Add(token.Id, start, end);
        if (work.Tokens.WithSpans)
        {
            work.TokenTexts.Add(System.Text.Encoding.UTF8.GetString(text.Bytes[start..end]));
            work.Tokens.SetSpan(work.Tokens.Count - 1, text.StartOf(start), text.EndOf(end - 1));
        }
    }

    private byte[] Normalized(string content)
    {
        Workspace work = new();
        work.Raw.Load(content, aligned: false);
        return work.Raw.Length == 0 ? [] : Normalize(work.Raw, work).Bytes.ToArray();
    }

    private static AddedTokenMatcher? Matcher(AddedToken[] tokens, Func<string, byte[]> contentOf) =>
        tokens.Length == 0
            ? null
            : new AddedTokenMatcher(tokens, [.. tokens.Select(token => contentOf(token.Content))]);
}
