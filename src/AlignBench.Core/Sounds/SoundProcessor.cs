using System.Text.Json;

namespace AlignBench.Sounds;

/// <summary>
/// WAV file -> what a speech encoder reads, as transformers' Wav2Vec2FeatureExtractor makes it of one sound,
/// unpadded: the same bits under NumPy 2. Resampling is not done: it would not be exact.
/// </summary>
public sealed record SoundProcessor
{
    private const string ClassKey = "feature_extractor_type";
    private const string ClassName = "Wav2Vec2FeatureExtractor";
    private const float VarianceEpsilon = 1e-7f;                 // feature_extraction_wav2vec2.py

    private static readonly HashSet<string> s_usedKeys =
        [ClassKey, "feature_size", "sampling_rate", "do_normalize"];

    // They name classes, or say how several sounds are padded to one length.
    private static readonly HashSet<string> s_keysWithoutEffect =
    [
        "processor_class", "auto_map", "_name_or_path", "padding_side", "padding_value", "padding",
        "return_attention_mask", "return_tensors", "model_input_names",
    ];

    /// <summary>Samples a second that the encoder was trained on.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Whether each sound is brought to mean 0 and variance 1.</summary>
    public required bool Normalizes { get; init; }

    /// <summary>From a preprocessor_config.json; a key that is left out has the class's default.</summary>
    /// <exception cref="CheckpointException">
    /// The file can't be read, or says something that is not supported.
    /// </exception>
    public static SoundProcessor FromFile(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonTexts.ThrowIfNotUnicode(document.RootElement);
            return Read(new JsonFields(path, document.RootElement));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: {e.Message}");
        }
    }

    /// <summary>Safe to call from several threads at once.</summary>
    /// <param name="file">A whole WAV file.</param>
    /// <returns>[S].</returns>
    /// <exception cref="SoundException">It can't be decoded, or has another sample rate.</exception>
    public float[] Process(ReadOnlySpan<byte> file)
    {
        Sound sound = WaveFile.Decode(file);
        return sound.SampleRate == SampleRate
            ? Prepare(sound.Samples)
            : throw new SoundException($"expected a sample rate of {SampleRate} Hz, got {sound.SampleRate} Hz");
    }

    /// <summary>[S] samples -> [S], (x - mean) / sqrt(var + 1e-7) where the model wants it so.</summary>
    public float[] Prepare(ReadOnlySpan<float> samples)
    {
        float[] prepared = samples.ToArray();
        if (!Normalizes)
        {
            return prepared;
        }

        float mean = PairwiseSum.Mean(samples);
        for (int i = 0; i < prepared.Length; i++)
        {
            prepared[i] -= mean;
        }

        float[] squares = [.. prepared.Select(x => x * x)];
        float deviation = MathF.Sqrt(PairwiseSum.Mean(squares) + VarianceEpsilon);
        for (int i = 0; i < prepared.Length; i++)
        {
            prepared[i] /= deviation;
        }

        return prepared;
    }

    private static SoundProcessor Read(JsonFields fields)
    {
        if (fields.Has(ClassKey) && fields.Text(ClassKey) is string name && name != ClassName)
        {
            throw fields.Refuse(ClassKey, ClassName, name);
        }

        string? unknown = fields.Keys.FirstOrDefault(
            key => !s_usedKeys.Contains(key) && !s_keysWithoutEffect.Contains(key) && fields.IsSet(key));
        if (unknown is not null)
        {
            throw fields.Refuse(unknown, "no such key", fields.Raw(unknown));
        }

        int rate = fields.Integer("sampling_rate", 16000);
        return fields.Integer("feature_size", 1) != 1
            ? throw fields.Refuse("feature_size", "1", fields.Raw("feature_size"))
            : rate < 1 ? throw fields.Refuse("sampling_rate", "samples a second", fields.Raw("sampling_rate"))
            : new SoundProcessor { SampleRate = rate, Normalizes = fields.Flag("do_normalize", true) };
    }
}
