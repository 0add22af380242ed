using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AlignBench.Data.Packed;

/// <summary>Finds out which of many texts may have occurred twice, at 8 bytes a text.</summary>
internal sealed class UniqueTexts
{
    private const int ChunkLength = 1 << 15;

    private readonly List<ulong[]> _chunks = [];            // a list of one array would be copied as it grows
    private int _used = ChunkLength;

    public void Add(string text)
    {
        if (_used == ChunkLength)
        {
            _chunks.Add(new ulong[ChunkLength]);
            _used = 0;
        }

        _chunks[^1][_used++] = Key(text);
    }

    /// <summary>The keys of all texts that were added more than once, and by a rare chance of others; forgets all.</summary>
    public HashSet<ulong> TakeTwice()
    {
        if (_chunks.Count == 0)
        {
            return [];
        }

        ulong[] keys = new ulong[((_chunks.Count - 1) * ChunkLength) + _used];
        for (int i = 0; i < _chunks.Count; i++)
        {
            _chunks[i].AsSpan(0, Math.Min(ChunkLength, keys.Length - (i * ChunkLength)))
                .CopyTo(keys.AsSpan(i * ChunkLength));
        }

        _chunks.Clear();
        _used = ChunkLength;
        Array.Sort(keys);
        HashSet<ulong> twice = [];
        for (int i = 1; i < keys.Length; i++)
        {
            if (keys[i] == keys[i - 1])
            {
                twice.Add(keys[i]);
            }
        }

        return twice;
    }

    /// <summary>A quarter of the SHA-256 of the text's UTF-16.</summary>
    public static ulong Key(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return MemoryMarshal.Read<ulong>(hash);
    }
}
