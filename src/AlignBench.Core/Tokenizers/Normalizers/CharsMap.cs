using System.Buffers.Binary;

namespace AlignBench.Tokenizers;

/// <summary>
/// SentencePiece's precompiled_charsmap: the size of a trie, a double-array trie
/// (github.com/s-yata/darts-clone) from texts to places, and the replacement texts at those places, each
/// ended by a zero.
/// </summary>
internal sealed class CharsMap
{
    private readonly uint[] _units;
    private readonly byte[] _texts;

    /// <exception cref="CheckpointException">
    /// The sizes don't fit or the replacements are no UTF-8.
    /// </exception>
    public CharsMap(ReadOnlySpan<byte> bytes, string source)
    {
        long trieSize = bytes.Length < 4 ? -1 : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (trieSize < 4 || trieSize % 4 != 0 || trieSize >= bytes.Length - 4)
        {
            throw new CheckpointException(
                $"{source}: precompiled_charsmap of {bytes.Length} bytes says that its trie has {trieSize}.");
        }

        _units = new uint[trieSize / 4];
        for (int i = 0; i < _units.Length; i++)
        {
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 + (4 * i))..]);
        }

        _texts = bytes[(4 + (int)trieSize)..].ToArray();
        if (!Utf8Runes.TryGetString(_texts, out _))
        {
            throw new CheckpointException(
                $"{source}: the replacements in precompiled_charsmap are not valid UTF-8.");
        }
    }

    /// <summary>
    /// The longest entry that the text starts with: its length, and its replacement; 0 if there is none.
    /// </summary>
    public int LongestPrefix(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement) =>
        Prefix(text, longest: true, out replacement);

    /// <summary>The shortest entry that the text starts with.</summary>
    public int ShortestPrefix(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement) =>
        Prefix(text, longest: false, out replacement);

    private int Prefix(ReadOnlySpan<byte> text, bool longest, out ReadOnlySpan<byte> replacement)
    {
        int length = 0;
        uint place = 0;
        uint node = OffsetOf(_units[0]);
        for (int i = 0; i < text.Length && (longest || length == 0); i++)
        {
            node ^= text[i];
            if (node >= _units.Length || (_units[node] & 0x800000FF) != text[i])
            {
                break;
            }

            uint unit = _units[node];
            node ^= OffsetOf(unit);
            if ((unit & 0x100) != 0 && node < _units.Length)
            {
                length = i + 1;
                place = _units[node] & 0x7FFFFFFF;
            }
        }

        replacement = length == 0 ? [] : TextAt(place);
        return length;
    }

    private ReadOnlySpan<byte> TextAt(uint place)
    {
        if (place >= _texts.Length || (_texts[place] & 0xC0) == 0x80)
        {
            return [];
        }

        ReadOnlySpan<byte> text = _texts.AsSpan((int)place);
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }

    private static uint OffsetOf(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
