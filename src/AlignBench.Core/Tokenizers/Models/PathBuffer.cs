namespace AlignBench.Tokenizers;

/// <summary>
/// For each end of a text: the best path's score, where its last piece starts and that piece's id.
/// </summary>
internal sealed class PathBuffer
{
    /// <summary>Scores of the best paths.</summary>
    public double[] Scores { get; private set; } = [];

    /// <summary>Start of the last piece; -1 where no path ends.</summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Id of the last piece.</summary>
    public int[] Ids { get; private set; } = [];

    /// <summary>
    /// Takes a piece over text[start..end] if no path ends there yet or its score is greater than that
    /// path's.
    /// </summary>
    public void Offer(int start, int end, int id, double score)
    {
        if (Starts[end] < 0 || score > Scores[end])
        {
            Scores[end] = score;
            Starts[end] = start;
            Ids[end] = id;
        }
    }

    /// <summary>Room for the ends 0 to <paramref name="length"/>, none reached yet.</summary>
    public void Reset(int length)
    {
        if (Starts.Length <= length)
        {
            int size = Math.Max(length + 1, 256);
            Scores = new double[size];
            Starts = new int[size];
            Ids = new int[size];
        }

        Starts.AsSpan(0, length + 1).Fill(-1);
        Scores[0] = 0;
    }
}
