using AlignBench.Reports.Html;

namespace AlignBench.Tests.Reports;

public class MarkupTests
{
    [Fact]
    public void Of_AValue_IsEscaped() =>
        Assert.Equal(
            "<a title=\"&quot;&gt;&lt;b&gt;&#39;&amp;\">1</a>",
            Markup.Of($"<a title=\"{"\"><b>'&"}\">{1}</a>").ToString());

    [Fact]
    public void Of_Markup_IsNotEscapedAgain() =>
        Assert.Equal("<p><b>&lt;</b></p>", Markup.Of($"<p>{Markup.Of($"<b>{"<"}</b>")}</p>").ToString());

    [Theory]
    [InlineData("a = '</SCRIPT>'")]
    [InlineData("</style >")]
    [InlineData("'<!-- </'")]
    public void Raw_ThatWouldEndItsElement_IsRefused(string code) =>
        Assert.Throws<ArgumentException>(() => Markup.Raw(code));
}
