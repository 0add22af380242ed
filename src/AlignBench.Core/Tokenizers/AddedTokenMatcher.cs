using System.Buffers;

namespace AlignBench.Tokenizers;

/// <summary>
/// Finds added tokens in a text: leftmost, the longest of those that start at one place (Hugging Face
/// tokenizers, tokenizer/added_vocabulary.rs).
/// </summary>
internal sealed class AddedTokenMatcher
{
    private readonly ByteTrie _trie = new();
    private readonly IReadOnlyList<AddedToken> _tokens;
    private readonly SearchValues<byte> _firstBytes;

    /// <param name="tokens">The tokens.</param>
    /// <param name="contents">The bytes that stand for each in the text; an empty one is never found.</param>
    public AddedTokenMatcher(IReadOnlyList<AddedToken> tokens, IReadOnlyList<byte[]> contents)
    {
        _tokens = tokens;
        _firstBytes =
            SearchValues.Create([.. contents.Where(bytes => bytes.Length > 0).Select(bytes => bytes[0])]);
        for (int i = 0; i < tokens.Count; i++)
        {
            if (contents[i].Length > 0)
            {
                _trie.Add(contents[i], i);
            }
        }
    }

    /// <summary>The next match at or behind <paramref name="from"/>, with the blanks that it takes.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, int from, out AddedToken token, out int start, out int end)
    {
        for (int position = from; position < text.Length; position++)
        {
            int skip = text[position..].IndexOfAny(_firstBytes);
            if (skip < 0)
            {
                break;
            }

            position += skip;
            int length = _trie.LongestPrefix(text[position..], out int index);
            if (length > 0)
            {
                token = _tokens[index];
                start = token.LeftStrip ? StartOfBlanks(text, from, position) : position;
                end = token.RightStrip
                    ? CharacterKinds.EndOfRun(text, position + length, text.Length, CharacterKind.Blank)
                    : position + length;
                return true;
            }
        }

        token = null!;
        start = end = text.Length;
        return false;
    }

    private static int StartOfBlanks(ReadOnlySpan<byte> text, int from, int position)
    {
        while (position > from)
        {
            int before = Utf8Runes.Before(text, position);
            if (CharacterKinds.At(text, before, out _) != CharacterKind.Blank)
            {
                break;
            }

            position = before;
        }

        return position;
    }
}
