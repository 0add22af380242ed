
namespace AlignBench.Features;

/// <summary>The features of a request in memory: a vector an id.</summary>
public sealed class FeatureTable
{
    private readonly Dictionary<string, int> _rowOfId;
    private readonly float[] _values;   // [u, d]

    private FeatureTable(int width, Dictionary<string, int> rowOfId, float[] values, SkippedImage[] skipped)
    {
        Width = width;
        _rowOfId = rowOfId;
        _values = values;
        Skipped = skipped;
    }

    /// <summary>d.</summary>
    public int Width { get; }

    /// <summary>Entries without features, and why.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; }

    /// <summary>Whether <paramref name="id"/> has features.</summary>
    public bool Contains(string id) => _rowOfId.ContainsKey(id);

    /// <summary>The row of an id; ids of the same content (equal bytes, equal text) share one.</summary>
    /// <exception cref="KeyNotFoundException">The id has no features.</exception>
    public int RowOf(string id) => _rowOfId[id];

    /// <exception cref="DataException">A feature is not finite.</exception>
    public static FeatureTable Load(FeatureFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        (string[] ids, long[] rows) = file.ReadEntries();
        float[] values = new float[(long)file.Count * file.Width];
        for (int row = 0; row < file.Count; row++)
        {
            Span<float> features = values.AsSpan(row * file.Width, file.Width);
            file.ReadRow(row, features);
            foreach (float value in features)
            {
                if (!float.IsFinite(value))
                {
                    throw new DataException($"{file.Path}: row {row} holds {value}, expected finite features");
                }
            }
        }

        Dictionary<string, int> rowOfId = [];
        for (int i = 0; i < ids.Length; i++)
        {
            if (rows[i] >= 0)
            {
                rowOfId[ids[i]] = checked((int)rows[i]);
            }
        }

        return new FeatureTable(file.Width, rowOfId, values, file.ReadSkipped());
    }

    /// <summary>Features that are in memory already.</summary>
    /// <param name="rowOfId">The row of each id; ids of one content share one.</param>
    /// <param name="width">d.</param>
    /// <param name="values">[u * d]; kept, not copied.</param>
    internal static FeatureTable Of(Dictionary<string, int> rowOfId, int width, float[] values) =>
        new(width, rowOfId, values, []);

    /// <summary>Each entry's features with those of another table after them.</summary>
    /// <param name="other">Of the same entries, as one request gives with another layer or pooling.</param>
    /// <exception cref="ArgumentException">The entries differ.</exception>
    internal FeatureTable Beside(FeatureTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_rowOfId.Count != other._rowOfId.Count || _rowOfId.Any(pair => other._rowOfId.GetValueOrDefault(pair.Key, -1) != pair.Value))
        {
            throw new ArgumentException("expected features of the same entries", nameof(other));
        }

        int rows = _values.Length / Width;
        int width = Width + other.Width;
        float[] values = new float[(long)rows * width];
        for (int row = 0; row < rows; row++)
        {
            _values.AsSpan(row * Width, Width).CopyTo(values.AsSpan(row * width));
            other._values.AsSpan(row * other.Width, other.Width).CopyTo(values.AsSpan((row * width) + Width));
        }

        return new FeatureTable(width, _rowOfId, values, [.. Skipped]);
    }

    /// <summary>Row i is the mean, in float64, of the features of the ids in <paramref name="groups"/>[i].</summary>
    /// <returns>[groups.Length, d].</returns>
    /// <exception cref="KeyNotFoundException">An id has no features.</exception>
    public FeatureMatrix Average(IReadOnlyList<string[]> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        double[] means = new double[(long)groups.Count * Width];
        for (int i = 0; i < groups.Count; i++)
        {
            Span<double> mean = means.AsSpan(i * Width, Width);
            foreach (string id in groups[i])
            {
                ReadOnlySpan<float> row = _values.AsSpan(_rowOfId[id] * Width, Width);
                for (int j = 0; j < Width; j++)
                {
                    mean[j] += row[j];
                }
            }

            foreach (ref double value in mean)
            {
                value /= groups[i].Length;
            }
        }

        return new FeatureMatrix(groups.Count, Width, means);
    }
}
