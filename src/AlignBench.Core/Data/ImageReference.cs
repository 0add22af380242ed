namespace AlignBench.Data;

/// <summary>One image, without its bytes. Two items may share one.</summary>
/// <param name="Id">Unique in the data set: one id, one image.</param>
/// <param name="Source">
/// Where it lies, in words for messages: <c>x.parquet row 12 column jpg_0</c>, or a path.
/// </param>
public sealed record ImageReference(string Id, string Source);
