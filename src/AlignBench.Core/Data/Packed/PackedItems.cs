using System.Collections;

namespace AlignBench.Data.Packed;

/// <summary>
/// Items as bytes, each made anew when it is asked for: a few hundred bytes an item with five captions, where the
/// objects would take over 2,000. Two makings of one item have equal members and are not the same object.
/// </summary>
internal sealed class PackedItems : IReadOnlyList<Item>
{
    private readonly PackedRecords _records = new();
    private readonly RecordWriter _writer = new();

    public int Count => _records.Count;

    public Item this[int index] => Read(new RecordReader(_records[index]));

    /// <summary>One image of an item.</summary>
    public ImageReference Image(int item, int k)
    {
        RecordReader reader = new(_records[item]);
        string id = reader.Text();
        _ = reader.Flag() ? null : reader.Text();
        int count = reader.Number();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, count);
        for (int i = 0; i < k; i++)
        {
            ReadImage(id, ref reader);
        }

        return ReadImage(id, ref reader);
    }

    public void Add(Item item)
    {
        _writer.Clear();
        _writer.Write(item.Id);
        WriteUnless(item.Group == item.Id, item.Group);
        _writer.Write(item.Images.Length);
        foreach (ImageReference image in item.Images)
        {
            WriteUnless(image.Id == item.Id, image.Id);
            _writer.Write(image.Source);
        }

        _writer.Write(item.Captions.Length);
        for (int k = 0; k < item.Captions.Length; k++)
        {
            Caption caption = item.Captions[k];
            WriteUnless(caption.Id == CaptionIds.Numbered(item.Id, k), caption.Id);
            _writer.Write(caption.Text);
        }

        _writer.Write(item.Labels.Length);
        foreach (double? label in item.Labels)
        {
            _writer.Write(label);
        }

        _writer.Write(item.Sounds.Length);
        foreach (SoundReference sound in item.Sounds)
        {
            WriteUnless(sound.Id == item.Id, sound.Id);
            _writer.Write(sound.File);
        }

        _records.Add(_writer.Written);
    }

    public IEnumerator<Item> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Item Read(RecordReader reader)
    {
        string id = reader.Text();
        string group = reader.Flag() ? id : reader.Text();
        ImageReference[] images = new ImageReference[reader.Number()];
        for (int k = 0; k < images.Length; k++)
        {
            images[k] = ReadImage(id, ref reader);
        }

        Caption[] captions = new Caption[reader.Number()];
        for (int k = 0; k < captions.Length; k++)
        {
            string captionId = reader.Flag() ? CaptionIds.Numbered(id, k) : reader.Text();
            captions[k] = new Caption(captionId, reader.Text());
        }

        double?[] labels = new double?[reader.Number()];
        for (int k = 0; k < labels.Length; k++)
        {
            labels[k] = reader.MaybeDouble();
        }

        SoundReference[] sounds = new SoundReference[reader.Number()];
        for (int k = 0; k < sounds.Length; k++)
        {
            string soundId = reader.Flag() ? id : reader.Text();
            sounds[k] = new SoundReference(soundId, reader.Text());
        }

        return new Item
        {
            Id = id,
            Group = group,
            Images = images,
            Captions = captions,
            Labels = labels,
            Sounds = sounds,
        };
    }

    private static ImageReference ReadImage(string item, ref RecordReader reader)
    {
        string id = reader.Flag() ? item : reader.Text();
        return new ImageReference(id, reader.Text());
    }

    // Most ids repeat, or follow from, the item's.
    private void WriteUnless(bool isImplied, string text)
    {
        _writer.Write(isImplied);
        if (!isImplied)
        {
            _writer.Write(text);
        }
    }
}
