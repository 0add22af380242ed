using System.Buffers.Binary;

namespace AlignBench.Sounds;

/// <summary>
/// Decodes RIFF WAVE files as libsndfile does for <c>soundfile.read(dtype="float32")</c>: integers are divided
/// by 2^(bits - 1), floats taken as they are. Channels become one by their mean, as librosa.to_mono does it in
/// float32. What no sample is in, as LIST chunks, is passed over. Deviation: a file that is cut short or
/// contradicts itself, or has samples that are not finite, is refused, where libsndfile makes the best of it.
/// </summary>
public static class WaveFile
{
    private const int HeaderLength = 12;        // "RIFF", size, "WAVE"
    private const int ChunkHeaderLength = 8;
    private const uint UnknownSize = uint.MaxValue;

    /// <summary>A whole file, of whatever sample rate.</summary>
    /// <exception cref="SoundException">It is no WAV, damaged, or in a format that is not read.</exception>
    public static Sound Decode(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> chunks = Chunks(file);
        WaveFormat? format = null;
        while (chunks.Length > 0)
        {
            ReadOnlySpan<byte> chunk = Next(ref chunks, out ReadOnlySpan<byte> id);
            if (id.SequenceEqual("fmt "u8))
            {
                format = format is null
                    ? WaveFormat.Parse(chunk)
                    : throw new SoundException("damaged WAV: it has two fmt chunks");
            }
            else if (id.SequenceEqual("data"u8))
            {
                return Samples(chunk, format ?? throw new SoundException(
                    "damaged WAV: its data chunk comes before any fmt chunk"));
            }
        }

        throw new SoundException($"damaged WAV: it has no {(format is null ? "fmt" : "data")} chunk");
    }

    /// <summary>What comes after the header, checked for its length.</summary>
    private static ReadOnlySpan<byte> Chunks(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> kind = file[..Math.Min(file.Length, 4)];
        if (file.Length < HeaderLength
            || !kind.SequenceEqual("RIFF"u8)
            || !file[8..HeaderLength].SequenceEqual("WAVE"u8))
        {
            throw new SoundException(
                file.Length == 0 ? "expected a WAV file, got an empty one"
                : kind.SequenceEqual("RF64"u8) || kind.SequenceEqual("RIFX"u8)
                    ? $"expected a WAV file of kind RIFF, got {System.Text.Encoding.ASCII.GetString(kind)}"
                : $"expected a WAV file, got one that begins with the bytes {Convert.ToHexString(kind)}");
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        if (size is UnknownSize or 0)
        {
            throw new SoundException(
                "its size is left open, as when written to a pipe, so that it can't be told from one cut short");
        }

        long end = ChunkHeaderLength + (long)size;
        return end <= file.Length
            ? file[HeaderLength..(int)Math.Max(end, HeaderLength)]
            : throw new SoundException($"cut short: expected {end} bytes, got {file.Length}");
    }

    /// <summary>Takes the first chunk off, with the byte that makes its length even.</summary>
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> chunks, out ReadOnlySpan<byte> id)
    {
        if (chunks.Length < ChunkHeaderLength)
        {
            throw new SoundException($"damaged WAV: {chunks.Length} stray bytes at its end");
        }

        id = chunks[..4];
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
        chunks = chunks[ChunkHeaderLength..];
        if (size > chunks.Length)
        {
            throw new SoundException(
                $"cut short: its chunk '{System.Text.Encoding.ASCII.GetString(id)}' should have {size} bytes, "
                + $"{chunks.Length} are there");
        }

        ReadOnlySpan<byte> chunk = chunks[..(int)size];
        chunks = chunks[(int)Math.Min(size + (size & 1), (uint)chunks.Length)..];
        return chunk;
    }

    private static Sound Samples(ReadOnlySpan<byte> data, WaveFormat format)
    {
        if (data.Length == 0 || data.Length % format.FrameLength != 0)
        {
            throw new SoundException(data.Length == 0
                ? "the WAV has no samples"
                : $"damaged WAV: {data.Length} bytes of samples are no whole number of frames "
                    + $"of {format.FrameLength}");
        }

        float[] samples = new float[data.Length / format.FrameLength];
        float[] frame = new float[format.Channels];
        int sampleLength = format.Bits / 8;
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> stored = data.Slice(i * format.FrameLength, format.FrameLength);
            for (int channel = 0; channel < frame.Length; channel++)
            {
                frame[channel] = Sample(stored.Slice(channel * sampleLength, sampleLength), format.Encoding);
            }

            samples[i] = frame.Length == 1 ? frame[0] : PairwiseSum.Mean(frame);
            if (!float.IsFinite(samples[i]))
            {
                throw new SoundException($"sample {i} is {samples[i]}, expected a finite number");
            }
        }

        return new Sound(format.SampleRate, samples);
    }

    private static float Sample(ReadOnlySpan<byte> stored, WaveEncoding encoding) => (encoding, stored.Length) switch
    {
        (WaveEncoding.Pcm, 1) => (stored[0] - 128) / 128f,
        (WaveEncoding.Pcm, 2) => BinaryPrimitives.ReadInt16LittleEndian(stored) / 32768f,
        (WaveEncoding.Pcm, 3) => (stored[0] | (stored[1] << 8) | ((sbyte)stored[2] << 16)) / 8388608f,
        (WaveEncoding.Pcm, _) => BinaryPrimitives.ReadInt32LittleEndian(stored) / 2147483648f,
        (_, 4) => BinaryPrimitives.ReadSingleLittleEndian(stored),
        _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(stored),
    };
}
