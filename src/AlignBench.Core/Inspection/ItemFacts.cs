using System.Runtime.InteropServices;
using AlignBench.Data;
using AlignBench.Data.Packed;

namespace AlignBench.Inspection;

/// <summary>What can be said of a data set without reading an image.</summary>
public sealed record ItemFacts
{
    private ItemFacts()
    {
    }

    /// <summary>Captions of each item.</summary>
    public Tally CaptionsPerItem { get; } = new();

    /// <summary>Images of each item.</summary>
    public Tally ImagesPerItem { get; } = new();

    /// <summary>Captions of each distinct image.</summary>
    public Tally CaptionsPerImage { get; } = new();

    /// <summary>Items of each group.</summary>
    public Tally ItemsPerGroup { get; } = new();

    /// <summary>Words of each caption: runs of anything but white space.</summary>
    public Tally WordsPerCaption { get; } = new();

    /// <summary>Items.</summary>
    public long Items => CaptionsPerItem.Count;

    /// <summary>Captions of all items.</summary>
    public long Captions => WordsPerCaption.Count;

    /// <summary>Distinct images.</summary>
    public long Images => CaptionsPerImage.Count;

    /// <summary>Distinct sounds.</summary>
    public long Sounds { get; private set; }

    /// <summary>Distinct groups.</summary>
    public long Groups => ItemsPerGroup.Count;

    /// <summary>Items with a preference.</summary>
    public long Decided { get; private set; }

    /// <summary>Items that prefer none of their images.</summary>
    public long Ties { get; private set; }

    /// <summary>Items with a label missing; 0 in a data set without labels.</summary>
    public long Unlabelled { get; private set; }

    /// <summary>Whether the data set has labels.</summary>
    public bool HasLabels => Decided + Ties + Unlabelled > 0;

    /// <summary>Captions whose text an earlier one has.</summary>
    public IReadOnlyList<Duplicate> Duplicates { get; private set; } = [];

    public static ItemFacts Of(IReadOnlyList<Item> items, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(items);
        ItemFacts facts = new();
        Dictionary<UInt128, int> captionsOfImage = [];      // digests for texts: there may be millions
        Dictionary<UInt128, int> itemsOfGroup = [];
        HashSet<UInt128> sounds = [];
        UniqueTexts texts = new();
        foreach (Item item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            facts.Count(item);
            CollectionsMarshal.GetValueRefOrAddDefault(itemsOfGroup, TextDigest.Of(item.Group), out _)++;
            foreach (ImageReference image in item.Images)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(captionsOfImage, TextDigest.Of(image.Id), out _) +=
                    item.Captions.Length;
            }

            sounds.UnionWith(item.Sounds.Select(sound => TextDigest.Of(sound.Id)));
            foreach (Caption caption in item.Captions)
            {
                texts.Add(caption.Text);
            }
        }

        AddAll(facts.CaptionsPerImage, captionsOfImage.Values);
        AddAll(facts.ItemsPerGroup, itemsOfGroup.Values);
        facts.Duplicates = FindDuplicates(items, texts.TakeTwice());
        facts.Sounds = sounds.Count;
        return facts;
    }

    /// <param name="items">All, once more.</param>
    /// <param name="twice">Keys of the texts that occur twice.</param>
    private static List<Duplicate> FindDuplicates(IReadOnlyList<Item> items, HashSet<ulong> twice)
    {
        List<Duplicate> duplicates = [];
        Dictionary<string, string> captionOfText = [];
        IEnumerable<Caption> captions = twice.Count == 0 ? [] : items.SelectMany(item => item.Captions);
        foreach (Caption caption in captions.Where(caption => twice.Contains(UniqueTexts.Key(caption.Text))))
        {
            if (!captionOfText.TryAdd(caption.Text, caption.Id))
            {
                duplicates.Add(new Duplicate("caption", caption.Id, captionOfText[caption.Text]));
            }
        }

        return duplicates;
    }

    private static void AddAll(Tally tally, IEnumerable<int> values)
    {
        foreach (int value in values)
        {
            tally.Add(value);
        }
    }

    private static int Words(string text)
    {
        int words = 0;
        bool inside = false;
        foreach (char c in text)
        {
            bool isSpace = char.IsWhiteSpace(c);
            words += !isSpace && !inside ? 1 : 0;
            inside = !isSpace;
        }

        return words;
    }

    private void Count(Item item)
    {
        CaptionsPerItem.Add(item.Captions.Length);
        ImagesPerItem.Add(item.Images.Length);
        foreach (Caption caption in item.Captions)
        {
            WordsPerCaption.Add(Words(caption.Text));
        }

        if (item.Labels.Length == 0)
        {
            return;
        }

        bool unlabelled = item.Labels.Contains(null);
        bool tie = !unlabelled && item.Labels.Distinct().Count() == 1;
        Unlabelled += unlabelled ? 1 : 0;
        Ties += tie ? 1 : 0;
        Decided += unlabelled || tie ? 0 : 1;
    }
}
