
namespace AlignBench.Adapters;

/// <summary>Items that scores are taken on.</summary>
/// <param name="Name">The <c>rows</c> column: train, validation, all, ...</param>
/// <param name="Items">Row numbers of the items.</param>
public sealed record RowSet(string Name, int[] Items);
