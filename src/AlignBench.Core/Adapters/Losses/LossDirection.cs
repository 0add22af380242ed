namespace AlignBench.Adapters.Losses;

/// <summary>Which side of a batch has to find its partner.</summary>
public enum LossDirection
{
    /// <summary>The first side among all of the second.</summary>
    ImageToText,

    /// <summary>Both, the mean of the two losses.</summary>
    Symmetric,
}
