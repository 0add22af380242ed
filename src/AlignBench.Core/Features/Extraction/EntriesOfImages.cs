namespace AlignBench.Features.Extraction;

/// <summary>Which entries of a request show an image: one image may stand in several items.</summary>
internal sealed class EntriesOfImages
{
    private readonly Dictionary<string, int> _first = [];
    private readonly int[] _next;                           // the entry after this one with its image, or -1

    /// <param name="imageIds">[m] the image of each entry.</param>
    public EntriesOfImages(string[] imageIds)
    {
        _next = new int[imageIds.Length];
        for (int i = imageIds.Length - 1; i >= 0; i--)
        {
            _next[i] = _first.GetValueOrDefault(imageIds[i], -1);
            _first[imageIds[i]] = i;
        }

        Images = _first.Keys.ToHashSet();
    }

    /// <summary>The distinct images.</summary>
    public IReadOnlySet<string> Images { get; }

    /// <summary>The positions of an image's entries, ascending.</summary>
    public IEnumerable<int> Of(string imageId)
    {
        for (int i = _first[imageId]; i >= 0; i = _next[i])
        {
            yield return i;
        }
    }
}
