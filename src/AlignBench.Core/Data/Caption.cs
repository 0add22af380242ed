namespace AlignBench.Data;

/// <summary>One sentence about an item.</summary>
/// <param name="Id">Unique in the data set.</param>
/// <param name="Text">As stored: neither trimmed nor normalised; never blank.</param>
public sealed record Caption(string Id, string Text);
