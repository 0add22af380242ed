namespace AlignBench.Data;

/// <summary>
/// A data set without its images' bytes: the items, and each image's place in storage order.
/// </summary>
internal sealed record DatasetIndex(DatasetItems Content, IReadOnlyList<PlacedImage> Images)
{
    /// <summary>For layouts whose items gather rows from several places.</summary>
    /// <param name="files">
    /// The shards in order; images in other files come last, in the order they have.
    /// </param>
    public DatasetIndex InStorageOrder(IReadOnlyList<string> files)
    {
        Dictionary<string, int> position = files.Index().ToDictionary(file => file.Item, file => file.Index);
        PlacedImage[] images = [.. Images
            .OrderBy(image => position.GetValueOrDefault(image.Place.File, int.MaxValue))
            .ThenBy(image => image.Place is ParquetCell cell ? cell.Row : 0)];
        return this with { Images = images };
    }
}
