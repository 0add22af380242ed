namespace AlignBench.Data.Packed;

/// <summary>
/// A data set without its images' bytes: the items, and each image's place in storage order.
/// </summary>
internal sealed record DatasetIndex(DatasetItems Content, PackedImages Images)
{
    /// <summary>For layouts whose items gather rows from several places.</summary>
    /// <param name="files">
    /// The shards in order; images in other files come last, in the order they have.
    /// </param>
    public DatasetIndex InStorageOrder(IReadOnlyList<string> files)
    {
        Images.Sort(files);
        return this;
    }
}
