namespace AlignBench.Data;

/// <summary>Something that could not be used and is therefore in no item.</summary>
/// <param name="Source">
/// File and row (from 0), line (from 1) or member; with the caption's position (from 0) if only that is left
/// out.
/// </param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record SkippedRow(string Source, string Reason);
