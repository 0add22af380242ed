using AlignBench.Features;

namespace AlignBench.Adapters;

/// <summary>Both sides of some items in the shared space, row i of each belonging together.</summary>
/// <param name="First">[n, e] f, the images.</param>
/// <param name="Second">[n, e] g, the captions.</param>
public sealed record EmbeddingPair(FeatureMatrix First, FeatureMatrix Second)
{
    /// <summary>The multimodal embedding h = λ f + (1 - λ) g, not normalised again.</summary>
    public FeatureMatrix Blend(double lambda)
    {
        FeatureMatrix.ThrowIfNotPaired(First, Second);
        double[] blended = new double[First.Values.Length];
        for (int i = 0; i < blended.Length; i++)
        {
            blended[i] = (lambda * First.Values[i]) + ((1 - lambda) * Second.Values[i]);
        }

        return new FeatureMatrix(First.Rows, First.Columns, blended);
    }
}
