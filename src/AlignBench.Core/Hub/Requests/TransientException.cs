namespace AlignBench.Hub.Requests;

/// <summary>A failure that may be gone the next time: a busy server, a cut connection.</summary>
/// <param name="message">What failed, in words for the user.</param>
/// <param name="wait">How long the server asks to wait, null if it doesn't say.</param>
internal sealed class TransientException(string message, TimeSpan? wait = null) : Exception(message)
{
    public TimeSpan? Wait { get; } = wait;

    /// <summary>Whether so much had come by then that the failures before don't count any more.</summary>
    public bool Progressed { get; init; }
}
