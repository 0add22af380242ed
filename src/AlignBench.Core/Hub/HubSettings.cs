namespace AlignBench.Hub;

/// <summary>Where a pull fetches from and writes to. Not a record, which would print the token.</summary>
public sealed class HubSettings
{
    /// <summary>The hub, perhaps with a path, without a slash at its end.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Sent to the endpoint and to no other host; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>The folder of all cached repositories; absolute.</summary>
    public required string Cache { get; init; }

    /// <summary>Nothing may be asked of the hub.</summary>
    public bool IsOffline { get; init; }
}
