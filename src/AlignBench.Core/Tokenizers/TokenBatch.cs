namespace AlignBench.Tokenizers;

/// <summary>Texts as rows of one length.</summary>
/// <param name="Rows">Texts.</param>
/// <param name="Length">Tokens a row.</param>
/// <param name="Ids">[Rows, Length], row-major.</param>
/// <param name="Mask">
/// [Rows, Length]: 1 for tokens, 0 for filling. It can't be told from the ids: a pad id is often eos.
/// </param>
public sealed record TokenBatch(int Rows, int Length, int[] Ids, int[] Mask)
{
    /// <summary>Encodes texts, with the template's special tokens.</summary>
    /// <exception cref="ArgumentException">
    /// PadToMaxLength without MaxLength, or rows need filling and neither the options nor the tokenizer have
    /// a pad id.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// MaxLength is less than the template's tokens.
    /// </exception>
    public static TokenBatch Encode(ITokenizer tokenizer, IReadOnlyList<string> texts, BatchOptions options)
    {
        if (options.PadToMaxLength && options.MaxLength is null)
        {
            throw new ArgumentException("PadToMaxLength needs MaxLength.", nameof(options));
        }

        int[][] rows =
            [.. texts.Select(text => tokenizer.EncodeIds(text, options.MaxLength ?? int.MaxValue))];
        int longest = rows.Length == 0 ? 0 : rows.Max(row => row.Length);
        int length = options.PadToMaxLength ? options.MaxLength!.Value : longest;
        int? padId = options.PadId ?? tokenizer.PadId;
        if (padId is null && rows.Any(row => row.Length < length))
        {
            throw new ArgumentException(
                "The tokenizer has no pad id, and the options name none.", nameof(options));
        }

        int[] ids = new int[rows.Length * length];
        int[] mask = new int[rows.Length * length];
        ids.AsSpan().Fill(padId ?? 0);
        for (int i = 0; i < rows.Length; i++)
        {
            int start =
                (i * length) + (options.PaddingSide == PaddingSide.Left ? length - rows[i].Length : 0);
            rows[i].CopyTo(ids, start);
            mask.AsSpan(start, rows[i].Length).Fill(1);
        }

        return new TokenBatch(rows.Length, length, ids, mask);
    }
}
