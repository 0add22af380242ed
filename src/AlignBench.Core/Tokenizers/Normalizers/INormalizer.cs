namespace AlignBench.Tokenizers;

/// <summary>Rewrites a text before it is cut into pieces.</summary>
internal interface INormalizer
{
    /// <summary>Appends the rewritten text to <paramref name="target"/>, which is empty.</summary>
    void Normalize(AlignedText source, AlignedText target);
}
