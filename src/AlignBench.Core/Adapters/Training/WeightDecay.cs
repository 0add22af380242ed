namespace AlignBench.Adapters.Training;

/// <summary>Which parameters AdamW's decay pulls towards 0.</summary>
public enum WeightDecay
{
    /// <summary>Every one, biases, norms and single numbers too.</summary>
    All,

    /// <summary>Those of two or more dimensions.</summary>
    Matrices,
}
