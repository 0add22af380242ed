using System.Text;

namespace AlignBench.Tests.Sounds;

/// <summary>Writes WAV files, well-formed and otherwise.</summary>
internal static class WaveMaker
{
    public const int Pcm = 1;
    public const int Float = 3;
    public const int Extensible = 0xFFFE;

    /// <summary>The tail of KSDATAFORMAT_SUBTYPE_PCM and _IEEE_FLOAT.</summary>
    public static readonly byte[] SubFormatTail = Convert.FromHexString("000000001000800000AA00389B71");

    /// <summary>The whole file: header, the chunks, and the byte that makes an odd chunk even.</summary>
    public static byte[] File(params (string Id, byte[] Content)[] chunks)
    {
        byte[] body =
        [
            .. chunks.SelectMany(chunk => (byte[])
            [
                .. Encoding.ASCII.GetBytes(chunk.Id), .. BitConverter.GetBytes(chunk.Content.Length), .. chunk.Content,
                .. new byte[chunk.Content.Length % 2],
            ]),
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(4 + body.Length), .. "WAVE"u8, .. body];
    }

    /// <summary>Chunks fmt and data alone.</summary>
    public static byte[] File(int tag, int bits, byte[] data, int channels = 1, int rate = 16000) =>
        File(("fmt ", Format(tag, bits, channels, rate)), ("data", data));

    /// <summary>One channel of float32 samples.</summary>
    public static byte[] Floats(ReadOnlySpan<float> samples, int rate = 16000)
    {
        byte[] data = new byte[samples.Length * sizeof(float)];
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples).CopyTo(data);
        return File(Float, 32, data, rate: rate);
    }

    /// <summary>A tone of 16-bit samples.</summary>
    public static byte[] Tone(double hertz, double seconds, int rate = 16000)
    {
        byte[][] samples =
        [
            .. Enumerable.Range(0, (int)(seconds * rate))
                .Select(i => BitConverter.GetBytes((short)(8000 * Math.Sin(2 * Math.PI * hertz * i / rate)))),
        ];
        return File(Pcm, 16, [.. samples.SelectMany(sample => sample)], rate: rate);
    }

    /// <summary>A fmt chunk; an extensible one is of PCM.</summary>
    public static byte[] Format(int tag, int bits, int channels, int rate, int subTag = Pcm)
    {
        int frame = channels * bits / 8;
        byte[] plain =
        [
            .. BitConverter.GetBytes((ushort)tag), .. BitConverter.GetBytes((ushort)channels),
            .. BitConverter.GetBytes(rate), .. BitConverter.GetBytes(rate * frame),
            .. BitConverter.GetBytes((ushort)frame), .. BitConverter.GetBytes((ushort)bits),
        ];
        return tag != Extensible
            ? plain
            :
            [
                .. plain, 22, 0, .. BitConverter.GetBytes((ushort)bits), .. BitConverter.GetBytes(3),
                .. BitConverter.GetBytes((ushort)subTag), .. SubFormatTail,
            ];
    }
}
