namespace AlignBench.Models.Language;

/// <summary>
/// Which texts go through an encoder together. A batch always has <see cref="Rows"/> rows, filled up where
/// the texts leave some free, and a longer text goes alone with as many rows as its own length asks for:
/// matrix products take another way, and round otherwise, for few rows than for many, so a batch's size must
/// not depend on who else is in it.
/// </summary>
internal static class TextPacks
{
    /// <summary>
    /// Rows of a batch: enough for weights to be read once for some twenty captions, little enough for the
    /// rows to stay in the cache.
    /// </summary>
    public const int Rows = 256;

    /// <summary>Longer texts are filled up to a multiple of this.</summary>
    private const int Step = 64;

    /// <summary>Rows of a batch whose texts have so many tokens.</summary>
    public static int RowsFor(int tokens) => tokens <= Rows ? Rows : (tokens + Step - 1) / Step * Step;

    /// <summary>Batches of texts, longest first; within one, texts of equal length stand together.</summary>
    /// <param name="lengths">Tokens of each text.</param>
    /// <returns>Each batch's texts, by index; every text in one of them.</returns>
    public static IEnumerable<int[]> Of(IReadOnlyList<int> lengths)
    {
        List<int> batch = [];
        int free = Rows;
        foreach (int text in Enumerable.Range(0, lengths.Count).OrderByDescending(i => lengths[i]))
        {
            if (batch.Count > 0 && lengths[text] > free)
            {
                yield return [.. batch];
                batch.Clear();
                free = Rows;
            }

            batch.Add(text);
            free -= lengths[text];
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }
}
