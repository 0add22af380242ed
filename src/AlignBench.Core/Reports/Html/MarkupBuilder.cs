using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace AlignBench.Reports.Html;

/// <summary>What the compiler makes of the interpolated strings of <see cref="Markup.Of"/>.</summary>
[InterpolatedStringHandler]
public readonly ref struct MarkupBuilder(int literalLength, int formattedCount)
{
    private const int LengthOfAValue = 16;
    private readonly StringBuilder _html = new(literalLength + (formattedCount * LengthOfAValue));

    public void AppendLiteral(string value) => _html.Append(value);

    public void AppendFormatted(Markup value) => _html.Append(value.ToString());

    public void AppendFormatted(string? value) => _html.Append(WebUtility.HtmlEncode(value));

    public void AppendFormatted(long value) => _html.Append(value.ToString(CultureInfo.InvariantCulture));

    internal string Build() => _html.ToString();
}
