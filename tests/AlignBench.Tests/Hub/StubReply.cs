namespace AlignBench.Tests.Hub;

/// <summary>What an <see cref="HttpStub"/> sends back, as it is told to, right or wrong.</summary>
internal sealed record StubReply(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    public string Reason { get; init; } = "Said";

    /// <summary>Bytes of the body after which the connection ends; null for all.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Bytes of the body after which nothing comes any more.</summary>
    public int? SilentAfter { get; init; }

    public StubReply With(string name, string value) =>
        this with { Headers = [.. Headers.Where(header => header.Name != name), (name, value)] };
}
