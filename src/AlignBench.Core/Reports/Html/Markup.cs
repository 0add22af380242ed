using System.Net;

namespace AlignBench.Reports.Html;

/// <summary>
/// A piece of HTML. Made of interpolated strings: the literal parts are markup, every value in them is escaped unless it
/// is itself a <see cref="Markup"/>, so that nothing from data can become markup.
/// </summary>
public readonly record struct Markup
{
    private readonly string? _html;

    private Markup(string html) => _html = html;

    public static Markup Empty { get; }

    public bool IsEmpty => string.IsNullOrEmpty(_html);

    /// <summary><c>Markup.Of($"&lt;p&gt;{text}&lt;/p&gt;")</c>: the text is escaped.</summary>
    public static Markup Of(MarkupBuilder html) => new(html.Build());

    /// <summary>One after the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.ToString())));

    /// <summary>Text with &lt;, &gt;, &amp; and both quotes escaped: for elements and for quoted attributes.</summary>
    public static Markup Text(string? text) => new(WebUtility.HtmlEncode(text) ?? "");

    /// <summary>
    /// The program's own script or style, or JSON in which &lt; is escaped, as it is. Never anything else from data.
    /// </summary>
    /// <exception cref="ArgumentException">It would end the element that it is in.</exception>
    public static Markup Raw(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Contains("</", StringComparison.Ordinal) && HasEndTag(code)
            ? throw new ArgumentException("code with an end tag of a script or style", nameof(code))
            : new Markup(code);
    }

    public override string ToString() => _html ?? "";

    private static bool HasEndTag(string code) =>
        code.Contains("</script", StringComparison.OrdinalIgnoreCase)
        || code.Contains("</style", StringComparison.OrdinalIgnoreCase)
        || code.Contains("<!--", StringComparison.Ordinal);
}
