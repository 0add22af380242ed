using AlignBench.Models;
using AlignBench.Tokenizers;

namespace AlignBench.Features.Extraction;

/// <summary>A text encoder with its tokenizer: caption -> ids -> one vector a selection, unpadded.</summary>
/// <param name="loaded">The checkpoint; owned.</param>
/// <param name="tokenizer">Its tokenizer.</param>
/// <param name="maxTokens">Longer captions are cut to so many ids; null: none is.</param>
/// <param name="selections">Layers and poolings.</param>
/// <param name="loading">See <see cref="Loading"/>; not null if the checkpoint is loaded block by
/// block.</param>
internal sealed class CaptionFeatures(
    LoadedEncoder loaded,
    ITokenizer tokenizer,
    int? maxTokens,
    FeatureSelection[] selections,
    string? loading)
    : FeatureEncoder<string>
{
    private const int TypicalTokens = 24;              // of a caption, on the high side
    private const string NoToken = "the text has no token";
    private const long LargeModel = 100_000_000;       // weights

    private readonly ITextEncoder _encoder = loaded.Text!;
    private readonly BlockwiseWork _blockwise = new(loaded.Text!.Width);

    public override IReadOnlyList<FeatureSelection> Selections => selections;

    public override string? Loading => loading;

    /// <summary>
    /// Enough that the last, half-filled pack of a batch weighs little; fewer where a caption takes long,
    /// since an extraction can't be stopped within a batch.
    /// </summary>
    public override int BatchSize => loaded.IsBlockByBlock
        ? Math.Max(1, (int)(_blockwise.Tokens / TypicalTokens))
        : loaded.Parameters < LargeModel ? 256 : 64;

    public override float[][] Encode(string content)
    {
        long[] ids = Ids(content);
        if (ids.Length == 0)
        {
            throw new DataException(NoToken);
        }

        return Encode([ids])[0];
    }

    public override EncodedContent[] EncodeAll(IReadOnlyList<string> contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        long[][] ids = [.. contents.Select(Ids)];
        EncodedContent[] encoded = new EncodedContent[ids.Length];
        Array.Fill(encoded, new EncodedContent([], NoToken));
        int[] full = [.. Enumerable.Range(0, ids.Length).Where(i => ids[i].Length > 0)];
        EncodedContent[] ofFull = EncodeFull([.. full.Select(i => ids[i])]);
        for (int i = 0; i < full.Length; i++)
        {
            encoded[full[i]] = ofFull[i];
        }

        return encoded;
    }

    private EncodedContent[] EncodeFull(long[][] ids)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        if (ids.Length > 1 && loaded.IsBlockByBlock && ids.Sum(caption => (long)caption.Length) > _blockwise.Tokens)
        {
            return EncodeHalves(ids);
        }

        try
        {
            return [.. Encode(ids).Select(vectors => new EncodedContent(vectors, null))];
        }
        catch (AlignBenchException e)
        {
            // One can't be encoded: alone, in the end, it says why.
            return ids.Length == 1 ? [new EncodedContent([], e.Message)] : EncodeHalves(ids);
        }
    }

    protected override void Dispose(bool disposing)
    {
        loaded.Dispose();
        base.Dispose(disposing);
    }

    private EncodedContent[] EncodeHalves(long[][] ids) =>
        [.. EncodeFull(ids[..(ids.Length / 2)]), .. EncodeFull(ids[(ids.Length / 2)..])];

    private float[][][] Encode(long[][] ids) => loaded.IsBlockByBlock
        ? _blockwise.Run(threads => TensorVectors.TakeRows(
            () => _encoder.EncodeBlockByBlock(ids, selections, threads)))
        : TensorVectors.TakeRows(() => _encoder.Encode(ids, selections));

    private long[] Ids(string caption) =>
    [
        .. maxTokens is int most ? tokenizer.EncodeIds(caption, most) : tokenizer.EncodeIds(caption),
    ];
}
