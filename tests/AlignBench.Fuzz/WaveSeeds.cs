using System.Text;

namespace AlignBench.Fuzz;

/// <summary>Small whole WAV files: each sample format, one and two channels, plain and extensible, with other chunks.</summary>
internal static class WaveSeeds
{
    private const int Frames = 40;
    private const int SampleRate = 16000;
    private const ushort Extensible = 0xFFFE;

    // The tail of KSDATAFORMAT_SUBTYPE_PCM and _IEEE_FLOAT.
    private static readonly byte[] s_subFormatTail = Convert.FromHexString("000000001000800000AA00389B71");

    public static byte[][] All()
    {
        (ushort Tag, int Bits)[] formats = [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)];
        return
        [
            .. from format in formats
               from channels in (int[])[1, 2]
               from extensible in (bool[])[false, true]
               select File(format.Tag, format.Bits, channels, extensible),
        ];
    }

    private static byte[] File(ushort tag, int bits, int channels, bool extensible)
    {
        ushort frame = (ushort)(channels * bits / 8);
        byte[] format =
        [
            .. BitConverter.GetBytes(extensible ? Extensible : tag), .. BitConverter.GetBytes((ushort)channels),
            .. BitConverter.GetBytes(SampleRate), .. BitConverter.GetBytes(SampleRate * frame),
            .. BitConverter.GetBytes(frame), .. BitConverter.GetBytes((ushort)bits),
        ];
        byte[] more =
        [
            22, 0, .. BitConverter.GetBytes((ushort)bits), .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(tag),
            .. s_subFormatTail,
        ];
        byte[] body =
        [
            .. Chunk("fmt ", extensible ? [.. format, .. more] : format), .. Chunk("LIST", "INFOodd"u8.ToArray()),
            .. Chunk("data", Samples(tag, bits, channels)),
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(4 + body.Length), .. "WAVE"u8, .. body];
    }

    private static byte[] Samples(ushort tag, int bits, int channels) =>
    [
        .. Enumerable.Range(0, Frames * channels).SelectMany(i => (tag, bits) switch
        {
            (3, 32) => BitConverter.GetBytes(MathF.Sin(i)),
            (3, _) => BitConverter.GetBytes(Math.Sin(i)),
            _ => BitConverter.GetBytes(i * 7_654_321)[..(bits / 8)],
        }),
    ];

    private static byte[] Chunk(string id, byte[] content) =>
    [
        .. Encoding.ASCII.GetBytes(id), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length % 2],
    ];
}
