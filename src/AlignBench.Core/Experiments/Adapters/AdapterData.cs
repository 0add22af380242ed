using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments.Adapters;

/// <summary>Frozen features of one side of a study.</summary>
/// <param name="Name">The modality, or <c>reference</c>.</param>
/// <param name="RowsPerItem">c, captions an image.</param>
/// <param name="Values">[n * c, d], in the items' order.</param>
internal sealed record AdapterSide(string Name, int RowsPerItem, FeatureMatrix Values)
{
    /// <summary>[n * c, d] of the first <paramref name="count"/> rows of each item.</summary>
    public FeatureMatrix First(int count) => count >= RowsPerItem
        ? Values
        : Values.SelectRows(
        [
            .. Enumerable.Range(0, Values.Rows).Where(row => row % RowsPerItem < count),
        ]);
}

/// <summary>All features of a study, row i of every side belonging to item i.</summary>
/// <param name="Items">n.</param>
/// <param name="Modalities">The sides that get adapters.</param>
/// <param name="Reference">[n, d].</param>
/// <param name="Skipped">Items that were left out.</param>
internal sealed record AdapterData(
    int Items, IReadOnlyList<AdapterSide> Modalities, FeatureMatrix Reference, IReadOnlyList<SkippedRow> Skipped)
{
    /// <summary>[n]: items of one group must not be on both sides of the split; null: each item is its own.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Null if the study has no such task.</summary>
    public ZeroShotData? ZeroShot { get; init; }
}
