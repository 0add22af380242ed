using AlignBench.Features.Extraction;
using AlignBench.Features.Storage;

namespace AlignBench.Features;

/// <summary>The first distinct contents of an extraction, to be encoded in float32 as well.</summary>
/// <param name="openExact">Loads the same encoder in float32; null: there is nothing to compare.</param>
internal sealed class PrecisionSample<TContent>(Func<FeatureEncoder<TContent>>? openExact)
{
    private readonly Dictionary<ContentDigest, TContent> _contents = [];

    /// <summary>Keeps the first few as they pass.</summary>
    public IEnumerable<Entry<TContent>> Watch(IEnumerable<Entry<TContent>> entries)
    {
        foreach (Entry<TContent> entry in entries)
        {
            if (openExact is not null && _contents.Count < PrecisionAgreement.SampleSize)
            {
                _contents.TryAdd(entry.Digest, entry.Content);
            }

            yield return entry;
        }
    }

    /// <summary>Encodes the sample in float32; contents that can't be encoded are left out.</summary>
    /// <param name="rows">Has what was encoded.</param>
    /// <param name="recipes">How many.</param>
    /// <returns>One a recipe; null if nothing was compared.</returns>
    public PrecisionAgreement?[] Compare(StoredRows rows, int recipes)
    {
        KeyValuePair<ContentDigest, TContent>[] sample = [.. _contents.Where(content => rows.Contains(content.Key))];
        if (openExact is null || sample.Length == 0)
        {
            return new PrecisionAgreement?[recipes];
        }

        using FeatureEncoder<TContent> encoder = openExact();
        EncodedContent[] exact = encoder.EncodeAll([.. sample.Select(content => content.Value)]);
        return
        [
            .. Enumerable.Range(0, recipes).Select(recipe => PrecisionAgreement.Of(
                [.. sample.Select(content => rows.Row(recipe, content.Key))],
                [.. exact.Select(content => content.Vectors[recipe])])),
        ];
    }
}
