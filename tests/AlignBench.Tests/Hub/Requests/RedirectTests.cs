using AlignBench.Hub;
using AlignBench.Hub.Requests;

namespace AlignBench.Tests.Hub.Requests;

public class RedirectTests
{
    [Theory]
    [InlineData("https://hub.org/a/b", "/c?d=e%2F", "https://hub.org/c?d=e%2F")]
    [InlineData("https://hub.org/a/b", "c", "https://hub.org/a/c")]
    [InlineData("https://hub.org/a", "//cdn.org/c", "https://cdn.org/c")]
    [InlineData("http://hub.org/a", "https://cdn.org/c", "https://cdn.org/c")]
    [InlineData("https://hub.org/a", "http://127.0.0.1:8/c", "http://127.0.0.1:8/c")]
    public void Next_Location_IsResolved(string from, string location, string next) =>
        Assert.Equal(next, Redirect.Next(new Uri(from), Answer(location)).AbsoluteUri);

    [Theory]
    [InlineData("http://cdn.org/c", "hub.org redirects /a from https to http, cdn.org; refused")]
    [InlineData("http://hub.org/c", "hub.org redirects /a from https to http, hub.org; refused")]
    [InlineData("file:///etc/passwd", "hub.org redirects /a to no http address")]
    [InlineData("ftp://hub.org/a", "hub.org redirects /a to no http address")]
    [InlineData("https://", "hub.org redirects /a to no http address")]
    [InlineData(null, "hub.org redirects /a to no http address")]
    public void Next_LocationThatMustNotBeFollowed_IsRefused(string? location, string message)
    {
        HubException e = Assert.Throws<HubException>(() => Redirect.Next(new Uri("https://hub.org/a"), Answer(location)));

        Assert.Equal(message, e.Message);
    }

    [Theory]
    [InlineData("https://hub.org/a", "https://HUB.org:443/b", true)]
    [InlineData("https://hub.org", "http://hub.org", false)]
    [InlineData("https://hub.org", "https://hub.org:444", false)]
    [InlineData("https://hub.org", "https://hub.org.evil.org", false)]
    public void IsWithin_NeedsSchemeHostAndPort(string a, string b, bool within) =>
        Assert.Equal(within, Redirect.IsWithin(new Uri(a), new Uri(b)));

    private static HttpResponseMessage Answer(string? location)
    {
        HttpResponseMessage answer = new();
        if (location is not null)
        {
            answer.Headers.TryAddWithoutValidation("Location", location);
        }

        return answer;
    }
}
