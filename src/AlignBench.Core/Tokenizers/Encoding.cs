namespace AlignBench.Tokenizers;

/// <summary>A text as tokens; all lists have one entry per token.</summary>
/// <param name="Ids">Rows of the model's embedding.</param>
/// <param name="Tokens">
/// The vocabulary's own spelling; the text itself where SentencePiece met the unknown.
/// </param>
/// <param name="Offsets">
/// Code points of the text, end exclusive; (0, 0) for tokens that the template adds.
/// </param>
/// <param name="SpecialTokensMask">1 for tokens that the template adds, else 0.</param>
public sealed record Encoding(
    int[] Ids, string[] Tokens, (int Start, int End)[] Offsets, int[] SpecialTokensMask);
