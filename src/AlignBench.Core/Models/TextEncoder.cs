using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models;

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
        int[][] packs = [.. TextPacks.Of([.. texts.Select(text => text.Length)])];
        Tensor[][] pooled = [.. packs.Select(pack => EncodePack([.. pack.Select(i => texts[i])], wanted))];
        int[] packed = [.. packs.SelectMany(pack => pack)];
        long[] places = new long[texts.Count];
        for (int place = 0; place < places.Length; place++)
        {
            places[packed[place]] = place;
        }

        Tensor order = tensor(places);
        return
        [
            .. wanted.Select((_, i) => cat([.. pooled.Select(features => features[i])], dim: 0)
                .index_select(0, order.to(pooled[0][i].device))
                .MoveToOuterDisposeScope()),
        ];
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

    private Tensor[] EncodePack(long[][] pack, IReadOnlyList<FeatureSelection> wanted)
    {
        using DisposeScope scope = NewDisposeScope();
        Texts texts = Texts.Pack(pack, TextPacks.RowsFor(pack.Sum(text => text.Length)));
        Tensor[] pooled = Features.Pool(() => HiddenStates(texts), wanted, texts);
        return [.. pooled.Select(features => features.MoveToOuterDisposeScope())];
    }
}
