namespace AlignBench.Nn;

/// <summary>
/// Where texts lie that stand one behind the other in one row of tokens, without padding between them. Rows
/// behind the last text are filler: they go through the row-wise layers with the others, attend to nothing,
/// and are never pooled.
/// </summary>
public sealed record Packing
{
    /// <param name="lengths">Tokens of each text, 1 or more.</param>
    /// <param name="rows">Rows with filler; at least the sum of the lengths.</param>
    /// <exception cref="ArgumentException">There is no text, or one without tokens.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The texts have more tokens than there are
    /// rows.</exception>
    public Packing(IReadOnlyList<int> lengths, int rows)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        if (lengths.Count == 0 || lengths.Any(length => length < 1))
        {
            throw new ArgumentException("expected one text or more, each with a token", nameof(lengths));
        }

        int[] offsets = new int[lengths.Count + 1];
        for (int i = 0; i < lengths.Count; i++)
        {
            offsets[i + 1] = checked(offsets[i] + lengths[i]);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(rows, offsets[^1]);
        Offsets = offsets;
        Rows = rows;
        Runs = [.. FindRuns(lengths)];
    }

    /// <summary>First row of each text, then the first of the filler: [texts + 1], rising from 0.</summary>
    public IReadOnlyList<int> Offsets { get; }

    /// <summary>T, filler included.</summary>
    public int Rows { get; }

    /// <summary>How many there are.</summary>
    public int Texts => Offsets.Count - 1;

    /// <summary>Tokens of all texts, without the filler.</summary>
    public int Tokens => Offsets[^1];

    /// <summary>Neighbours of equal length: what can be seen as one [texts, length] block of rows.</summary>
    public IReadOnlyList<PackedRun> Runs { get; }

    /// <summary>Tokens of text <paramref name="i"/>.</summary>
    public int Length(int i) => Offsets[i + 1] - Offsets[i];

    private static IEnumerable<PackedRun> FindRuns(IReadOnlyList<int> lengths)
    {
        int row = 0;
        for (int first = 0; first < lengths.Count;)
        {
            int texts = 1;
            while (first + texts < lengths.Count && lengths[first + texts] == lengths[first])
            {
                texts++;
            }

            yield return new PackedRun(row, texts, lengths[first]);
            row += texts * lengths[first];
            first += texts;
        }
    }
}

/// <summary>Neighbouring texts of one length.</summary>
/// <param name="FirstRow">Of the first of them.</param>
/// <param name="Texts">How many there are.</param>
/// <param name="Length">Tokens of each.</param>
public readonly record struct PackedRun(int FirstRow, int Texts, int Length)
{
    /// <summary>Of all of them.</summary>
    public int Rows => Texts * Length;
}
