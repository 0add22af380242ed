namespace AlignBench.Tokenizers;

/// <summary>
/// Text to token ids, equal to the checkpoint's own tokenizer. Safe to use from several threads; never
/// changes after loading. A lone surrogate in a text counts as U+FFFD.
/// </summary>
public interface ITokenizer
{
    /// <summary>The id that fills a batch; null if the checkpoint names none.</summary>
    int? PadId { get; }

    /// <summary>SHA-256 (hex) over the bytes of the files read and every option that changes ids.</summary>
    string Fingerprint { get; }

    /// <summary>Rows the model's embedding must have at least: the largest id + 1.</summary>
    int VocabularySize { get; }

    /// <summary>How many tokens the template adds to a text.</summary>
    int AddedTokenCount { get; }

    /// <summary>The ids with the template's special tokens: the fast path.</summary>
    int[] EncodeIds(string text);

    /// <summary>As <see cref="EncodeIds(string)"/>, cut from the right; the template's tokens stay.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">Most ids to return, at least <see cref="AddedTokenCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The template alone is longer than maxLength.</exception>
    int[] EncodeIds(string text, int maxLength);

    /// <summary>Ids, tokens, offsets and mask, with the template's special tokens.</summary>
    Encoding Encode(string text);

    /// <summary>As <see cref="Encode"/>, without the template.</summary>
    Encoding EncodePlain(string text);
}
