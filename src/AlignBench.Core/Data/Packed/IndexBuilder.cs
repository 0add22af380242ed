using System.Globalization;
using AlignBench.Data.Files;

namespace AlignBench.Data.Packed;

/// <summary>
/// Collects a layout's items, keeps count of what is left out, and sees to it that ids are unique.
/// </summary>
internal sealed class IndexBuilder(string path)
{
    private const int NamedIds = 5;

    private readonly PackedItems _items = new();
    private readonly PackedRecords _sources = new();        // [items], in words
    private readonly RecordWriter _writer = new();
    private readonly List<SkippedRow> _skipped = [];
    private readonly HashSet<UInt128> _imageIds = [];
    private readonly UniqueTexts _itemIds = new();
    private readonly UniqueTexts _captionIds = new();
    private PackedImages? _images;

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
        _images ??= new PackedImages(_items);
        _itemIds.Add(item.Id);
        foreach (Caption caption in item.Captions)
        {
            _captionIds.Add(caption.Id);
        }

        for (int i = 0; i < places.Length; i++)
        {
            if (_imageIds.Add(TextDigest.Of(item.Images[i].Id)))
            {
                _images.Add(_items.Count, i, places[i]);
            }
        }

        _items.Add(item);
        _writer.Clear();
        _writer.Write(source);
        _sources.Add(_writer.Written);
    }

    /// <exception cref="DataException">An id occurs twice, or there is no item.</exception>
    public DatasetIndex Build()
    {
        List<string> twice = FindTwice();
        if (twice.Count > 0)
        {
            string more = twice.Count > NamedIds ? $" and {twice.Count - NamedIds} more" : "";
            string named = string.Join("; ", twice.Take(NamedIds));
            throw new DataException($"{path}: ids must be unique: {named}{more}");
        }

        if (_images is null)
        {
            throw new DataException(_skipped is [SkippedRow first, ..]
                ? $"{path}: no usable row; the first of {_skipped.Count}: {first.Source}: {first.Reason}"
                : $"{path}: no rows");
        }

        return new DatasetIndex(new DatasetItems(_items, _skipped), _images);
    }

    // Only if there are some, the items are gone through again for words.
    private List<string> FindTwice()
    {
        HashSet<ulong> items = _itemIds.TakeTwice();
        HashSet<ulong> captions = _captionIds.TakeTwice();
        List<string> twice = [];
        if (items.Count + captions.Count == 0)
        {
            return twice;
        }

        Dictionary<string, string> firstItem = [];
        Dictionary<string, string> firstCaption = [];
        for (int i = 0; i < _items.Count; i++)
        {
            Item item = _items[i];
            string source = new RecordReader(_sources[i]).Text();
            Claim(items, firstItem, "id", item.Id, source);
            foreach (Caption caption in item.Captions)
            {
                Claim(captions, firstCaption, "caption id", caption.Id, source);
            }
        }

        return twice;

        void Claim(
            HashSet<ulong> doubled, Dictionary<string, string> first, string what, string id, string source)
        {
            if (doubled.Contains(UniqueTexts.Key(id)) && !first.TryAdd(id, source))
            {
                twice.Add($"{what} {id} in {first[id]} and in {source}");
            }
        }
    }
}
