using System.Buffers.Binary;

namespace AlignBench.Tokenizers;

/// <summary>
/// Remembers the ids of short words, of fixed size: a new word takes the place of the one in its slot. Each
/// workspace has its own, so there are no locks. Ids depend on a word's bytes alone, so a hit and a miss give
/// the same answer.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longest word kept, in bytes.</summary>
    public const int MaxBytes = 32;

    private const int SlotBits = 13;
    private const int MaxTokens = 6;

    private readonly byte[] _words = new byte[MaxBytes << SlotBits];
    private readonly byte[] _lengths = new byte[1 << SlotBits];      // 0: nothing kept here
    private readonly int[] _ids = new int[MaxTokens << SlotBits];
    private readonly byte[] _counts = new byte[1 << SlotBits];

    /// <summary>The slot of a word of 1 to <see cref="MaxBytes"/> bytes.</summary>
    public static int SlotOf(ReadOnlySpan<byte> word)
    {
        const ulong mix = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)word.Length * mix;
        while (word.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(word)) * mix;
            hash ^= hash >> 29;
            word = word[8..];
        }

        ulong rest = 0;
        for (int i = 0; i < word.Length; i++)
        {
            rest = (rest << 8) | word[i];
        }

        hash = (hash ^ rest) * mix;
        hash ^= hash >> 32;
        return (int)((hash * mix) >> (64 - SlotBits));
    }

    /// <summary>Appends the word's ids if it is kept.</summary>
    public bool TryAppend(ReadOnlySpan<byte> word, int slot, TokenSink sink)
    {
        if (_lengths[slot] != word.Length || !_words.AsSpan(slot * MaxBytes, word.Length).SequenceEqual(word))
        {
            return false;
        }

        sink.AddIds(_ids.AsSpan(slot * MaxTokens, _counts[slot]));
        return true;
    }

    /// <summary>Keeps the word, unless it has too many ids.</summary>
    public void Store(ReadOnlySpan<byte> word, int slot, ReadOnlySpan<int> ids)
    {
        if (ids.Length > MaxTokens)
        {
            return;
        }

        word.CopyTo(_words.AsSpan(slot * MaxBytes));
        _lengths[slot] = (byte)word.Length;
        ids.CopyTo(_ids.AsSpan(slot * MaxTokens));
        _counts[slot] = (byte)ids.Length;
    }
}
