using System.Globalization;
using AlignBench.Data;

namespace AlignBench.Experiments.Adapters;

/// <summary>How many images, captions and sounds an item must have for the models of a study's sides.</summary>
/// <param name="contents">
/// What the models encode; null for a side that is read from a file. Where none encodes sounds, an item is a picture with
/// its captions whatever the models are, so that row i of a file belongs to the same item under all of them.
/// </param>
/// <param name="captions">Captions an item that some adapter takes.</param>
internal sealed class ItemNeeds(IReadOnlyCollection<SideContent?> contents, int captions)
{
    private readonly (SideContent Content, int Count)[] _needs =
    [
        .. Needed(contents).Select(content => (content, content == SideContent.Captions ? captions : 1)),
    ];

    public bool AreMetBy(Item item) => _needs.All(need => Count(item, need.Content) >= need.Count);

    /// <summary>What the item has and what it should have.</summary>
    public string Unmet(Item item) =>
        $"{Words(_needs.Select(need => $"{Count(item, need.Content)} {AdapterWords.Contents.First(pair => pair.Value == need.Content).Word}"))}, "
        + $"expected {Words(_needs.Select(need => need.Count.ToString(CultureInfo.InvariantCulture)))}";

    private static SideContent[] Needed(IReadOnlyCollection<SideContent?> contents) =>
        contents.Contains(SideContent.Sounds)
            ? [.. contents.OfType<SideContent>().Distinct().Order()]
            : [SideContent.Images, SideContent.Captions];

    private static int Count(Item item, SideContent content) => content switch
    {
        SideContent.Images => item.Images.Length,
        SideContent.Captions => item.Captions.Length,
        _ => item.Sounds.Length,
    };

    private static string Words(IEnumerable<string> words) => string.Join(" and ", words);
}
