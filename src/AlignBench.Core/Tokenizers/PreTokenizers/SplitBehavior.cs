namespace AlignBench.Tokenizers;

/// <summary>What becomes of the text that a pattern matches.</summary>
internal enum SplitBehavior
{
    /// <summary>It is dropped.</summary>
    Removed,

    /// <summary>It is a piece of its own.</summary>
    Isolated,

    /// <summary>It belongs to the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>It belongs to the piece behind it.</summary>
    MergedWithNext,

    /// <summary>Neighbouring matches are one piece.</summary>
    Contiguous,
}
