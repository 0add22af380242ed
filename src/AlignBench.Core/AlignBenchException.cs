namespace AlignBench;

/// <summary>A failure the user can mend: one line that names file, row or tensor, what was expected, what was there.</summary>
public class AlignBenchException : Exception
{
    public AlignBenchException(string message)
        : base(message)
    {
    }

    public AlignBenchException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>An experiment file is wrong: the message names file, line and key.</summary>
public sealed class ConfigException(string message) : AlignBenchException(message);

/// <summary>A checkpoint folder, its config, weights or tokenizer can't be used as they are.</summary>
public sealed class CheckpointException(string message) : AlignBenchException(message);

/// <summary>A data set can't be read: the message names shard, row and column.</summary>
public sealed class DataException(string message) : AlignBenchException(message);

/// <summary>An image can't be decoded, or not exactly.</summary>
public sealed class ImageException(string message) : AlignBenchException(message);

/// <summary>A sound can't be decoded, or is not what the encoder reads.</summary>
public sealed class SoundException(string message) : AlignBenchException(message);
