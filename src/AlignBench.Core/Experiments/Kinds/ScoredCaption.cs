using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments.Kinds;

/// <summary>One caption of an image with its CLIP scores (Hessel et al. 2021, arXiv:2104.08718, section 3).</summary>
/// <param name="Item">The image's item.</param>
/// <param name="Index">The caption's place in it, from 0.</param>
/// <param name="Cosine">Of the image's and the caption's embedding, -1 .. 1.</param>
/// <param name="ReferenceCosine">The largest with the item's other captions; NaN if there is no other.</param>
internal sealed record ScoredCaption(Item Item, int Index, double Cosine, double ReferenceCosine)
{
    /// <summary>Its name among the features.</summary>
    public string Entry => DatasetExtraction.Entry(Item, Index);

    public string Text => Item.Captions[Index].Text;

    /// <summary>CLIPScore.</summary>
    public double ClipScore => Similarity.Retrievals.ClipScore.Of(Cosine);

    /// <summary>RefCLIPScore, as the paper prints it, with the item's other captions as references.</summary>
    public double RefClipScore => Similarity.Retrievals.ClipScore.WithReferences(Cosine, ReferenceCosine);

    /// <summary>Every caption of an item that has an embedding.</summary>
    public static IEnumerable<ScoredCaption> OfItem(Item item, FeatureTable images, FeatureTable captions)
    {
        double[] image = Embedding(images, DatasetExtraction.Entry(item, 0));
        (int Index, double[] Embedding)[] own =
        [
            .. Enumerable.Range(0, item.Captions.Length)
                .Where(k => captions.Contains(DatasetExtraction.Entry(item, k)))
                .Select(k => (k, Embedding(captions, DatasetExtraction.Entry(item, k)))),
        ];
        return own.Select(caption => new ScoredCaption(
            item,
            caption.Index,
            Similarity.Retrievals.ClipScore.Cosine(image, caption.Embedding),
            own.Where(other => other.Index != caption.Index)
                .Select(other => Similarity.Retrievals.ClipScore.Cosine(caption.Embedding, other.Embedding))
                .DefaultIfEmpty(double.NaN)
                .Max()));
    }

    private static double[] Embedding(FeatureTable table, string entry) => table.Average([[entry]]).Values;
}
