using System.Globalization;

namespace AlignBench.Data;

/// <summary>
/// Collects a layout's items, keeps count of what is left out, and sees to it that ids are unique.
/// </summary>
internal sealed class IndexBuilder(string path)
{
    private const int NamedIds = 5;

    private readonly List<Item> _items = [];
    private readonly List<SkippedRow> _skipped = [];
    private readonly List<PlacedImage> _images = [];
    private readonly HashSet<string> _imageIds = [];
    private readonly Dictionary<string, string> _itemSources = [];
    private readonly Dictionary<string, string> _captionSources = [];
    private readonly List<string> _twice = [];

    /// <summary>Counts something that is in no item.</summary>
    public void Skip(string source, string reason) => _skipped.Add(new SkippedRow(source, reason));

    /// <summary>
    /// The captions that say something, in order; null and blank ones are counted. If none is left, the row
    /// is counted once instead, and the result is empty.
    /// </summary>
    /// <param name="source">The row's, for messages.</param>
    /// <param name="captions">Ids and texts; null for a row without the list.</param>
    public Caption[] UsableCaptions(string source, IReadOnlyList<(string Id, string? Text)>? captions)
    {
        if (captions is null or [])
        {
            Skip(source, "no caption");
            return [];
        }

        Caption[] usable = [.. captions
            .Where(caption => !string.IsNullOrWhiteSpace(caption.Text))
            .Select(caption => new Caption(caption.Id, caption.Text!))];
        if (usable.Length == 0)
        {
            string which = captions.Count == 1 ? "the caption" : "every caption";
            Skip(source, $"{which} is null or blank");
            return usable;
        }

        for (int i = 0; i < captions.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(captions[i].Text))
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"{source} caption {i}");
                Skip(place, captions[i].Text is null ? "the caption is null" : "the caption is blank");
            }
        }

        return usable;
    }

    /// <summary>
    /// Adds an item and its images; an image that an earlier item has too keeps its first place.
    /// </summary>
    /// <param name="source">The item's row, for messages.</param>
    /// <param name="item">Usable as it is.</param>
    /// <param name="places">Parallel to the item's images.</param>
    public void Add(string source, Item item, params ReadOnlySpan<ImagePlace> places)
    {
        Claim(_itemSources, "id", item.Id, source);
        foreach (Caption caption in item.Captions)
        {
            Claim(_captionSources, "caption id", caption.Id, source);
        }

        for (int i = 0; i < places.Length; i++)
        {
            if (_imageIds.Add(item.Images[i].Id))
            {
                _images.Add(new PlacedImage(item.Images[i], places[i]));
            }
        }

        _items.Add(item);
    }

    /// <exception cref="DataException">An id occurs twice, or there is no item.</exception>
    public DatasetIndex Build()
    {
        if (_twice.Count > 0)
        {
            string more = _twice.Count > NamedIds ? $" and {_twice.Count - NamedIds} more" : "";
            string named = string.Join("; ", _twice.Take(NamedIds));
            throw new DataException($"{path}: ids must be unique: {named}{more}");
        }

        if (_items.Count == 0)
        {
            throw new DataException(_skipped is [SkippedRow first, ..]
                ? $"{path}: no usable row; the first of {_skipped.Count}: {first.Source}: {first.Reason}"
                : $"{path}: no rows");
        }

        return new DatasetIndex(new DatasetItems(_items, _skipped), _images);
    }

    private void Claim(Dictionary<string, string> sources, string what, string id, string source)
    {
        if (!sources.TryAdd(id, source))
        {
            _twice.Add($"{what} {id} in {sources[id]} and in {source}");
        }
    }
}
