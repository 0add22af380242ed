using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>What all language models have in common: hidden states, and pooling over their tokens.</summary>
public abstract class TextEncoder : ITextEncoder
{
    private protected TextEncoder(int width)
    {
        Width = width;
    }

    /// <inheritdoc/>
    public int Depth => Features.Depth;

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public FeatureSelection DefaultFeature => FeatureSelection.PenultimateMean;

    private protected abstract TokenFeatures Features { get; }

    /// <inheritdoc/>
    public void ThrowIfUnsupported(FeatureSelection wanted) => Features.ThrowIfUnsupported(wanted);

    /// <inheritdoc/>
    public Tensor[] Encode(IReadOnlyList<long[]> texts, IReadOnlyList<FeatureSelection> wanted)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using DisposeScope scope = NewDisposeScope();
        int[][] packs = PacksOf(texts);
        Tensor[][] pooled = [.. packs.Select(pack => EncodePack(Pack(texts, pack), wanted))];
        return [.. InOrder(packs, pooled).Select(features => features.MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public Tensor[] EncodeBlockByBlock(
        IReadOnlyList<long[]> texts, IReadOnlyList<FeatureSelection> wanted, int threads)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using DisposeScope scope = NewDisposeScope();
        int[][] packs = PacksOf(texts);
        Texts[] batches = [.. packs.Select(pack => Pack(texts, pack))];
        Tensor[][] pooled = Features.PoolBlockByBlock(
            [
                .. batches.Select(
                    batch => ((Func<IEnumerable<Tensor>>)(() => HiddenStates(batch)), (Texts?)batch)),
            ],
            wanted,
            threads);
        return [.. InOrder(packs, pooled).Select(features => features.MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public Tensor[] EncodePadded(Tensor ids, IReadOnlyList<FeatureSelection> wanted, Tensor? mask = null)
    {
        Texts texts = new(ids, mask);
        return Features.Pool(() => HiddenStates(texts), wanted, texts);
    }

    /// <summary>
    /// transformers' <c>hidden_states</c>, each [B, N, D] (packed: [1, T, D]), made one after the other as
    /// they are asked for.
    /// </summary>
    internal abstract IEnumerable<Tensor> HiddenStates(Texts texts);

    private static int[][] PacksOf(IReadOnlyList<long[]> texts) =>
        [.. TextPacks.Of([.. texts.Select(text => text.Length)])];

    private static Texts Pack(IReadOnlyList<long[]> texts, int[] pack) =>
        Texts.Pack([.. pack.Select(i => texts[i])], TextPacks.RowsFor(pack.Sum(i => texts[i].Length)));

    private Tensor[] EncodePack(Texts pack, IReadOnlyList<FeatureSelection> wanted)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] pooled = Features.Pool(() => HiddenStates(pack), wanted, pack);
        return [.. pooled.Select(features => features.MoveToOuterDisposeScope())];
    }

    /// <summary>[packs][wanted] of [pack's texts, D] -> [wanted] of [texts, D], in the order of the
    /// texts.</summary>
    private static IEnumerable<Tensor> InOrder(int[][] packs, Tensor[][] pooled)
    {
        int[] packed = [.. packs.SelectMany(pack => pack)];
        long[] places = new long[packed.Length];
        for (int place = 0; place < places.Length; place++)
        {
            places[packed[place]] = place;
        }

        Tensor order = tensor(places, device: pooled[0][0].device);
        return pooled[0].Select(
            (_, i) => cat([.. pooled.Select(features => features[i])], dim: 0).index_select(0, order));
    }
}
