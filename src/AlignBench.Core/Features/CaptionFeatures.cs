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
    private readonly ITextEncoder _encoder = loaded.Text!;

    public override IReadOnlyList<FeatureSelection> Selections => selections;

    public override float[][] Encode(string content)
    {
        long[] ids = [.. maxTokens is int most ? tokenizer.EncodeIds(content, most) : tokenizer.EncodeIds(content)];
        if (ids.Length == 0)
        {
            throw new DataException("the text has no token");
        }

        return TensorVectors.Take(() => _encoder.Encode([ids], selections));
    }

    protected override void Dispose(bool disposing)
    {
        loaded.Dispose();
        base.Dispose(disposing);
    }
}
