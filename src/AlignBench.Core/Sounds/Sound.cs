namespace AlignBench.Sounds;

/// <summary>A decoded sound of one channel.</summary>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Samples">[S], at least one, finite; integers of a file are scaled to -1 .. 1.</param>
public sealed record Sound(int SampleRate, float[] Samples);
