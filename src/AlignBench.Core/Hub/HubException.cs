namespace AlignBench.Hub;

/// <summary>A checkpoint can't be fetched: the message names model, file or host, and what was wrong.</summary>
public sealed class HubException(string message) : AlignBenchException(message);
