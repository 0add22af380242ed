using System.Collections;
using AlignBench.Data.Packed;

namespace AlignBench.Data.Files;

/// <summary>Some of a data set's images, by their positions, in that order.</summary>
internal sealed class SomeImages(PackedImages all, int[] positions) : IReadOnlyList<PlacedImage>
{
    public int Count => positions.Length;

    public PlacedImage this[int index] => all[positions[index]];

    public IEnumerator<PlacedImage> GetEnumerator() => positions.Select(i => all[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
