namespace AlignBench.Data;

/// <summary>One sound, a WAV file.</summary>
/// <param name="Id">Unique in the data set: one id, one sound. Two items may share one.</param>
/// <param name="File">Absolute path.</param>
public sealed record SoundReference(string Id, string File);
