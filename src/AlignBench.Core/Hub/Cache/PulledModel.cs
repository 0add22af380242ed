namespace AlignBench.Hub.Cache;

/// <summary>A checkpoint that is wholly in the cache.</summary>
/// <param name="Snapshot">The folder of its files.</param>
/// <param name="Commit">40 hexadecimal digits.</param>
/// <param name="IsNew">Whether anything had to be fetched or put in place.</param>
public sealed record PulledModel(string Snapshot, string Commit, bool IsNew);
