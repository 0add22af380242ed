using System.Buffers.Binary;

namespace AlignBench.Sounds;

/// <summary>How one sample is stored.</summary>
internal enum WaveEncoding
{
    /// <summary>Whole numbers of 8 (unsigned), 16, 24 or 32 bits (signed).</summary>
    Pcm,

    /// <summary>IEEE floats of 32 or 64 bits.</summary>
    Float,
}

/// <summary>What a WAV file's chunk <c>fmt</c> says (Microsoft, "Multimedia Data Standards Update", 1994; and
/// WAVE_FORMAT_EXTENSIBLE, 2001).</summary>
/// <param name="Encoding">Of the samples.</param>
/// <param name="Channels">1 or more, interleaved.</param>
/// <param name="SampleRate">Frames a second, 1 or more.</param>
/// <param name="Bits">Of a sample as stored.</param>
internal sealed record WaveFormat(WaveEncoding Encoding, int Channels, int SampleRate, int Bits)
{
    private const int PlainLength = 16;
    private const int ExtensibleLength = 40;
    private const int SubFormatOffset = 24;
    private const int PcmTag = 1;
    private const int FloatTag = 3;
    private const int ExtensibleTag = 0xFFFE;

    // KSDATAFORMAT_SUBTYPE_xxx: the tag, then these bytes.
    private static readonly byte[] s_subFormatTail =
        [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>Bytes of one sample of every channel.</summary>
    public int FrameLength => Channels * Bits / 8;

    /// <param name="chunk">The chunk's contents.</param>
    /// <exception cref="SoundException">
    /// It is cut short, contradicts itself, or names a format that is not read.
    /// </exception>
    public static WaveFormat Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < PlainLength)
        {
            throw new SoundException(
                $"damaged WAV: its fmt chunk has {chunk.Length} bytes, expected {PlainLength} or more");
        }

        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int frame = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        WaveFormat format = new(Encode(Tag(chunk), bits), channels, rate <= int.MaxValue ? (int)rate : 0, bits);
        return channels > 0 && format.SampleRate > 0 && format.FrameLength == frame
            ? format
            : throw new SoundException(
                $"damaged WAV: its fmt chunk says {channels} channels of {bits} bits in {frame} bytes at {rate} Hz");
    }

    private static int Tag(ReadOnlySpan<byte> chunk)
    {
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (tag != ExtensibleTag)
        {
            return tag;
        }

        if (chunk.Length < ExtensibleLength)
        {
            throw new SoundException(
                $"damaged WAV: its extensible fmt chunk has {chunk.Length} bytes, expected {ExtensibleLength}");
        }

        ReadOnlySpan<byte> subFormat = chunk[SubFormatOffset..ExtensibleLength];
        return subFormat[2..].SequenceEqual(s_subFormatTail)
            ? BinaryPrimitives.ReadUInt16LittleEndian(subFormat)
            : throw new SoundException(
                $"expected PCM or IEEE float samples, got a WAV of format {new Guid(subFormat)}");
    }

    private static WaveEncoding Encode(int tag, int bits) => (tag, bits) switch
    {
        (PcmTag, 8 or 16 or 24 or 32) => WaveEncoding.Pcm,
        (FloatTag, 32 or 64) => WaveEncoding.Float,
        (PcmTag, _) => throw new SoundException($"expected PCM samples of 8, 16, 24 or 32 bits, got {bits} bits"),
        (FloatTag, _) => throw new SoundException($"expected IEEE float samples of 32 or 64 bits, got {bits} bits"),
        _ => throw new SoundException($"expected PCM or IEEE float samples, got a WAV of {TagName(tag)}"),
    };

    // mmreg.h
    private static string TagName(int tag) => tag switch
    {
        0x0002 => "Microsoft ADPCM",
        0x0006 => "A-law",
        0x0007 => "mu-law",
        0x0011 => "IMA ADPCM",
        0x0055 => "MP3",
        _ => $"format 0x{tag:X4}",
    };
}
