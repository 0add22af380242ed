namespace AlignBench.Data;

/// <summary>All usable items in storage order, and all that had to be left out.</summary>
public sealed record DatasetItems(IReadOnlyList<Item> Items, IReadOnlyList<SkippedRow> Skipped);
