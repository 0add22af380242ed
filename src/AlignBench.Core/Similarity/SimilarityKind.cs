namespace AlignBench.Similarity;

/// <summary>What makes two rows near.</summary>
public enum SimilarityKind
{
    /// <summary>
    /// x · y / (|x| |y|) in float64, rounded to 12 decimal places, so that rows that point the same way tie
    /// whatever their lengths; 0 with a row of zeros.
    /// </summary>
    Cosine,

    /// <summary>x · y in float64.</summary>
    InnerProduct,

    /// <summary>−|x − y|² in float64.</summary>
    Euclidean,
}
