namespace AlignBench.Experiments.Adapters;

/// <summary>What of an item a side's model encodes.</summary>
internal enum SideContent
{
    /// <summary>The first picture.</summary>
    Images,

    /// <summary>The first captions.</summary>
    Captions,

    /// <summary>The first sound.</summary>
    Sounds,
}
