namespace AlignBench.Statistics.Inference;

/// <summary>What is held against the null hypothesis.</summary>
public enum Alternative
{
    /// <summary>The effect is not zero.</summary>
    TwoSided,

    /// <summary>The effect is below zero.</summary>
    Less,

    /// <summary>The effect is above zero.</summary>
    Greater,
}
