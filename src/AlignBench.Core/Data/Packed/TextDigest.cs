using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AlignBench.Data.Packed;

/// <summary>
/// Half of the SHA-256 of a text's UTF-16: 16 bytes that stand for it where many texts are told apart. Two texts with
/// one digest would take 2^64 texts.
/// </summary>
internal static class TextDigest
{
    public static UInt128 Of(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
