using System.Buffers.Binary;
using System.IO.Compression;

namespace AlignBench.Reports.Html;

/// <summary>Writes small 8-bit RGB pictures as PNG (ISO/IEC 15948).</summary>
public static class PngFile
{
    private const int Channels = 3;
    private const byte SubFilter = 1;             // each byte less the one of the pixel to its left
    private const uint Polynomial = 0xEDB88320;

    private static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="pixels">[height, width, 3], R G B.</param>
    /// <param name="width">Pixels, 1 or more.</param>
    /// <param name="height">Pixels, 1 or more.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height)
    {
        if (pixels.Length != Channels * width * height)
        {
            throw new ArgumentException($"{width} x {height} pixels take {Channels * width * height} bytes, got {pixels.Length}");
        }

        using MemoryStream file = new();
        file.Write(s_signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;                             // bits a sample
        header[9] = 2;                             // RGB
        header[10..].Clear();                      // deflate, the usual filters, not interlaced
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(pixels, width * Channels, height));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int stride, int height)
    {
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] line = new byte[stride + 1];
            line[0] = SubFilter;
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<byte> row = pixels.Slice(y * stride, stride);
                for (int i = 0; i < stride; i++)
                {
                    line[i + 1] = (byte)(row[i] - (i < Channels ? 0 : row[i - Channels]));
                }

                deflate.Write(line);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            }
        }

        return crc;
    }
}
