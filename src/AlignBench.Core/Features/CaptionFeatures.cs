using AlignBench.Models;
using AlignBench.Tokenizers;

namespace AlignBench.Features;

/// <summary>A text encoder with its tokenizer: caption -> ids -> one vector a selection, unpadded.</summary>
/// <param name="loaded">The checkpoint; owned.</param>
/// <param name="tokenizer">Its tokenizer.</param>
/// <param name="maxTokens">Longer captions are cut to so many ids; null: none is.</param>
/// <param name="selections">Layers and poolings.</param>
internal sealed class CaptionFeatures(
    LoadedEncoder loaded, ITokenizer tokenizer, int? maxTokens, FeatureSelection[] selections)
    : FeatureEncoder<string>
{
    private const long LargeModel = 100_000_000;       // weights

    private readonly ITextEncoder _encoder = loaded.Text!;

    public override IReadOnlyList<FeatureSelection> Selections => selections;

    /// <summary>
    /// Enough that the last, half-filled pack of a batch weighs little; fewer where a caption takes long,
    /// since an extraction can't be stopped within a batch.
    /// </summary>
    public override int BatchSize => loaded.Parameters < LargeModel ? 256 : 64;

    public override float[][] Encode(string content)
    {
        long[] ids = Ids(content);
        if (ids.Length == 0)
        {
            throw new DataException("the text has no token");
        }

        return TensorVectors.Take(() => _encoder.Encode([ids], selections));
    }

    public override EncodedContent[] EncodeAll(IReadOnlyList<string> contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        if (contents.Count == 1)
        {
            return base.EncodeAll(contents);
        }

        long[][] ids = [.. contents.Select(Ids)];
        try
        {
            float[][][] vectors = TensorVectors.TakeRows(() => _encoder.Encode(ids, selections));
            return [.. vectors.Select(ofCaption => new EncodedContent(ofCaption, null))];
        }
        catch (AlignBenchException)
        {
            // A caption can't be encoded: the halves, down to it alone, say which.
            int half = contents.Count / 2;
            return
            [
                .. EncodeAll([.. contents.Take(half)]),
                .. EncodeAll([.. contents.Skip(half)]),
            ];
        }
    }

    protected override void Dispose(bool disposing)
    {
        loaded.Dispose();
        base.Dispose(disposing);
    }

    private long[] Ids(string caption) =>
    [
        .. maxTokens is int most ? tokenizer.EncodeIds(caption, most) : tokenizer.EncodeIds(caption),
    ];
}
