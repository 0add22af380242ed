namespace AlignBench.Tokenizers;

/// <summary>Writes a template for the fingerprint.</summary>
internal static class TemplateText
{
    /// <summary>The ids around the text, as "[1] text [2]".</summary>
    public static string Of(Template template) =>
        $"[{string.Join(' ', template.Before.Select(token => token.Id))}] text "
        + $"[{string.Join(' ', template.Behind.Select(token => token.Id))}]";
}
