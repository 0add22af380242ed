using AlignBench.Fuzz;
using AlignBench.Sounds;

namespace AlignBench.Tests.Sounds;

public class WaveFileTests
{
    // Each the largest, the smallest and a small sample: 2^(bits-1) - 1, -2^(bits-1) and 1, over 2^(bits-1).
    // Eight bits are unsigned, 128 being 0.
    [Theory]
    [InlineData(8, "FF0081", 127 / 128f, 1 / 128f)]
    [InlineData(16, "FF7F00800100", 32767 / 32768f, 1 / 32768f)]
    [InlineData(24, "FFFF7F000080010000", 8388607 / 8388608f, 1 / 8388608f)]
    [InlineData(32, "FFFFFF7F0000008001000000", 1f, 1 / 2147483648f)]   // 2^31 - 1 rounds to 2^31 in float32
    public void Decode_Integers_AreScaledByTheirRange(int bits, string data, float largest, float small)
    {
        Sound sound = WaveFile.Decode(WaveMaker.File(WaveMaker.Pcm, bits, Convert.FromHexString(data), rate: 8000));

        Assert.Equal(8000, sound.SampleRate);
        Assert.Equal([largest, -1f, small], sound.Samples);
    }

    [Fact]
    public void Decode_Floats_AreTakenAsTheyAre()
    {
        byte[] singles = [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-0.1f)];
        byte[] doubles = [.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(-0.1)];

        Assert.Equal([1.5f, -0.1f], WaveFile.Decode(WaveMaker.File(WaveMaker.Float, 32, singles)).Samples);
        Assert.Equal([1.5f, -0.1f], WaveFile.Decode(WaveMaker.File(WaveMaker.Float, 64, doubles)).Samples);
    }

    // (100 + 200) / 2 and (-300 + 100) / 2, over 32768.
    [Fact]
    public void Decode_TwoChannels_BecomeTheirMean()
    {
        byte[] data = [.. new short[] { 100, 200, -300, 100 }.SelectMany(BitConverter.GetBytes)];

        Sound sound = WaveFile.Decode(WaveMaker.File(WaveMaker.Pcm, 16, data, channels: 2));

        Assert.Equal([150 / 32768f, -100 / 32768f], sound.Samples);
    }

    [Theory]
    [InlineData(WaveMaker.Pcm, 16)]
    [InlineData(WaveMaker.Float, 32)]
    public void Decode_Extensible_IsWhatItsSubFormatSays(int subTag, int bits)
    {
        byte[] data = bits == 16 ? BitConverter.GetBytes((short)8192) : BitConverter.GetBytes(0.25f);
        byte[] file = WaveMaker.File(
            ("fmt ", WaveMaker.Format(WaveMaker.Extensible, bits, 1, 16000, subTag)), ("data", data));

        Assert.Equal([0.25f], WaveFile.Decode(file).Samples);
    }

    [Fact]
    public void Decode_OtherChunks_ArePassedOver()
    {
        byte[] odd = [1, 2, 3];
        byte[] plain = WaveMaker.File(WaveMaker.Pcm, 8, [192]);
        byte[] file = WaveMaker.File(
            ("LIST", odd), ("fmt ", WaveMaker.Format(WaveMaker.Pcm, 8, 1, 16000)), ("fact", odd), ("data", [192]), ("LIST", odd));

        Assert.Equal(WaveFile.Decode(plain).Samples, WaveFile.Decode(file).Samples);
        Assert.Equal([0.5f], WaveFile.Decode((byte[])[.. file, .. "TAG from elsewhere"u8]).Samples);
    }

    public static TheoryData<byte[], string> Bad()
    {
        byte[] good = WaveMaker.Tone(440, seconds: 0.01);
        byte[] format = WaveMaker.Format(WaveMaker.Pcm, 16, 1, 16000);
        byte[] open = (byte[])good.Clone();
        open.AsSpan(4, 4).Fill(0xFF);
        return new()
        {
            { [], "expected a WAV file, got an empty one" },
            { [.. "ID3 not a WAV file"u8], "expected a WAV file, got one that begins with the bytes 49443320" },
            { [.. "RF64"u8, .. good[4..]], "expected a WAV file of kind RIFF, got RF64" },
            { good[..^1], $"cut short: expected {good.Length} bytes, got {good.Length - 1}" },
            { good[..20], $"cut short: expected {good.Length} bytes, got 20" },
            { [.. "RIFF"u8, 0, 0, 0, 0, .. good[8..]], "its size is left open, as when written to a pipe, so that it can't be told from one cut short" },
            { open, "its size is left open, as when written to a pipe, so that it can't be told from one cut short" },
            { WaveMaker.File(("data", [0, 0])), "damaged WAV: its data chunk comes before any fmt chunk" },
            { WaveMaker.File(("LIST", [0, 0])), "damaged WAV: it has no fmt chunk" },
            { WaveMaker.File(("fmt ", format)), "damaged WAV: it has no data chunk" },
            { WaveMaker.File(("fmt ", format), ("fmt ", format)), "damaged WAV: it has two fmt chunks" },
            { WaveMaker.File(("fmt ", format), ("data", [])), "the WAV has no samples" },
            {
                WaveMaker.File(("fmt ", format), ("data", [1, 2, 3])),
                "damaged WAV: 3 bytes of samples are no whole number of frames of 2"
            },
            { WaveMaker.File(("fmt ", format[..14])), "damaged WAV: its fmt chunk has 14 bytes, expected 16 or more" },
            {
                WaveMaker.File(WaveMaker.Pcm, 12, [0, 0]), "expected PCM samples of 8, 16, 24 or 32 bits, got 12 bits"
            },
            { WaveMaker.File(7, 8, [0]), "expected PCM or IEEE float samples, got a WAV of mu-law" },
            { WaveMaker.File(0x55, 8, [0]), "expected PCM or IEEE float samples, got a WAV of MP3" },
            {
                WaveMaker.File(WaveMaker.Pcm, 16, [0, 0], channels: 0),
                "damaged WAV: its fmt chunk says 0 channels of 16 bits in 0 bytes at 16000 Hz"
            },
            { WaveMaker.Floats([0.5f, float.NaN]), "sample 1 is NaN, expected a finite number" },
        };
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Decode_WhatCannotBeRead_SaysWhy(byte[] file, string message) =>
        Assert.Equal(message, Assert.Throws<SoundException>(() => WaveFile.Decode(file)).Message);

    [Fact]
    public void Decode_AThousandDamagedFiles_GiveASoundOrAClearError()
    {
        Random random = new(7);
        byte[] original = WaveMaker.File(
            ("LIST", [1, 2]), ("fmt ", WaveMaker.Format(WaveMaker.Extensible, 24, 2, 16000)), ("data", new byte[600]));
        for (int i = 0; i < 1000; i++)
        {
            byte[] damaged = Damage.Of(original, random);
            try
            {
                Assert.NotEmpty(WaveFile.Decode(damaged).Samples);
            }
            catch (SoundException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }
}
