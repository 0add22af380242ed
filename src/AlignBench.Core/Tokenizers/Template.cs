namespace AlignBench.Tokenizers;

/// <summary>A token that a template puts before or behind a text.</summary>
internal sealed record TemplateToken(int Id, string Text);

/// <summary>The special tokens around a single text.</summary>
internal sealed record Template(IReadOnlyList<TemplateToken> Before, IReadOnlyList<TemplateToken> Behind)
{
    /// <summary>Nothing is added.</summary>
    public static Template Empty { get; } = new([], []);

    /// <summary>Tokens added.</summary>
    public int Count => Before.Count + Behind.Count;
}
