namespace AlignBench.Tokenizers;

/// <summary>
/// NFC, NFD, NFKC or NFKD (UAX #15, Unicode 9.0), with the alignment of the Rust crate that the library uses.
/// </summary>
/// <param name="compatible">The K forms.</param>
/// <param name="composes">The C forms.</param>
internal sealed class UnicodeForm(bool compatible, bool composes) : INormalizer
{
    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        if (source.IsAscii)
        {
            target.Append(source, 0, source.Length);
            return;
        }

        List<(int CodePoint, int Change)> changes = Decompose(source.Bytes);
        ChangeList result = new();
        foreach ((int codePoint, int change) in composes ? Recomposition.Compose(changes) : changes)
        {
            result.Add(codePoint, change);
        }

        result.Apply(source, target);
    }

    private List<(int CodePoint, int Change)> Decompose(ReadOnlySpan<byte> text)
    {
        List<(int CodePoint, int Change)> changes = [];
        List<int> parts = [];
        int run = 0;      // start of the run that still has to be sorted: a starter and the marks behind it
        for (int position = 0, length; position < text.Length; position += length)
        {
            int codePoint = Utf8Runes.Decode(text, position, out length);
            parts.Clear();
            NormalizationTables.Decompose(codePoint, compatible, parts);
            for (int i = 0; i < parts.Count; i++)
            {
                if (NormalizationTables.ClassOf(parts[i]) == 0)
                {
                    SortFrom(changes, run);
                    run = changes.Count;
                }

                changes.Add((parts[i], i == 0 ? 0 : 1));
            }
        }

        SortFrom(changes, run);
        return changes;
    }

    // Canonical order: by combining class, marks of one class as they came.
    private static void SortFrom(List<(int CodePoint, int Change)> changes, int start)
    {
        if (changes.Count - start > 1)
        {
            (int, int)[] sorted =
                [.. changes.Skip(start).OrderBy(change => NormalizationTables.ClassOf(change.CodePoint))];
            changes.RemoveRange(start, changes.Count - start);
            changes.AddRange(sorted);
        }
    }
}
