namespace AlignBench.Hub.Requests;

/// <summary>What is asked of the hub.</summary>
/// <param name="Id">The model.</param>
/// <param name="Revision">Branch, tag or commit.</param>
/// <param name="File">A file at its top; null for its listing.</param>
internal sealed record HubRequest(HubId Id, string Revision, string? File = null)
{
    /// <summary>Words for messages.</summary>
    public string What => File is null ? $"{Id} at {Revision}" : $"{Id}: {File}";

    public Uri AddressAt(Uri endpoint)
    {
        string start = endpoint.AbsoluteUri.TrimEnd('/');
        string revision = Uri.EscapeDataString(Revision);
        return new Uri(File is null
            ? $"{start}/api/models/{Id}/revision/{revision}?blobs=true"
            : $"{start}/{Id}/resolve/{revision}/{Uri.EscapeDataString(File)}");
    }
}
