namespace AlignBench.Hub.Requests;

/// <summary>How often and how long a pull tries again.</summary>
internal sealed record HubPatience
{
    /// <summary>Failures in a row, without much having come in between, after which it gives up.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait after the first failure; each further one doubles it.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that asks for more is given up at once. (The hub counts requests in windows of 300 s.)</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(310);

    /// <summary>A connection on which nothing comes for so long is taken for dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits between two attempts.</summary>
    public Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = Task.Delay;
}
