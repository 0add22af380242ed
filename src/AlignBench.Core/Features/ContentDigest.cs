using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AlignBench.Features;

/// <summary>SHA-256 of an image's stored bytes or of a caption's UTF-8 text: equal contents are encoded once.</summary>
public readonly record struct ContentDigest(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = 32;

    public static ContentDigest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(content, hash);
        return Read(hash);
    }

    public static ContentDigest Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <param name="bytes">[32].</param>
    public static ContentDigest Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));

    /// <param name="bytes">[32], written.</param>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, A);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], B);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], C);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], D);
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
