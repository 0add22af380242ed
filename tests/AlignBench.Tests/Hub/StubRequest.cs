namespace AlignBench.Tests.Hub;

/// <summary>What a client asked of an <see cref="HttpStub"/>.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Headers">By name in any case.</param>
internal sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
