using AlignBench.Features;
using AlignBench.Features.Extraction;
using AlignBench.Models;

namespace AlignBench.Tests.Features;

/// <summary>Encodes a text as its length and first letter, and counts what it was asked.</summary>
internal sealed class FakeEncoder : FeatureEncoder<string>
{
    private int _calls;

    public override IReadOnlyList<FeatureSelection> Selections { get; } = [FeatureSelection.Parse("penultimate_mean")];

    public int Calls => _calls;

    /// <summary>Thrown at the text of that name.</summary>
    public Dictionary<string, Exception> Failures { get; } = [];

    /// <summary>Yields a NaN at that text.</summary>
    public string? NotFinite { get; init; }

    public static FeatureRecipe[] Recipes { get; } = [new("fake", "penultimate_mean", "a fake recipe")];

    public override float[][] Encode(string content)
    {
        Interlocked.Increment(ref _calls);
        return Failures.TryGetValue(content, out Exception? failure)
            ? throw failure
            : [[content.Length, content.Length == 0 ? 0 : content[0], content == NotFinite ? float.NaN : 1f]];
    }
}
