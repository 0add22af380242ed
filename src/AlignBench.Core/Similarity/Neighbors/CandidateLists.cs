namespace AlignBench.Similarity.Neighbors;

/// <summary>
/// For each row the pairs that may still be among its k nearest: all whose float32 product is within twice the
/// slack of the k-th best so far. Not thread-safe: a row is written by one thread at a time.
/// </summary>
internal sealed class CandidateLists
{
    private readonly int _k;
    private readonly int _capacity;
    private readonly double[] _slack;
    private readonly float[] _values;                        // [n, capacity]
    private readonly int[] _indices;                         // [n, capacity]
    private readonly int[] _counts;                          // [n]

    public CandidateLists(SearchSpace space, int k)
    {
        _k = k;
        _capacity = Math.Max(64, 4 * k);
        _slack = space.Slack;
        _values = new float[checked(space.Rows * _capacity)];
        _indices = new int[_values.Length];
        _counts = new int[space.Rows];
        Thresholds = new float[space.Rows];
        Array.Fill(Thresholds, float.NegativeInfinity);
    }

    /// <summary>
    /// [n]: products below take no part; infinite for a row that has too many near ties to keep, which is to be
    /// searched on its own.
    /// </summary>
    public float[] Thresholds { get; }

    /// <summary>Candidates of a row, at most.</summary>
    public int Capacity => _capacity;

    /// <summary>Takes a product that reaches the row's threshold.</summary>
    public void Add(int row, float value, int index)
    {
        if (_counts[row] == _capacity)
        {
            Compact(row);
            if (_counts[row] > _capacity * 3 / 4)
            {
                Thresholds[row] = float.PositiveInfinity;
            }

            if (value < Thresholds[row])
            {
                return;
            }
        }

        int place = (row * _capacity) + _counts[row]++;
        _values[place] = value;
        _indices[place] = index;
    }

    /// <summary>The row's candidates, in no order.</summary>
    /// <returns>How many; null for a row that has too many.</returns>
    public int? Take(int row, Span<int> candidates)
    {
        if (float.IsPositiveInfinity(Thresholds[row]))
        {
            return null;
        }

        Compact(row);
        _indices.AsSpan(row * _capacity, _counts[row]).CopyTo(candidates);
        return _counts[row];
    }

    private void Compact(int row)
    {
        int start = row * _capacity;
        Span<float> values = _values.AsSpan(start, _counts[row]);
        if (values.Length <= _k)
        {
            return;
        }

        Span<float> sorted = values.Length <= 1024 ? stackalloc float[values.Length] : new float[values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        float threshold = MathF.BitDecrement((float)(sorted[^_k] - (2.0 * _slack[row])));
        int kept = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] >= threshold)
            {
                _values[start + kept] = values[i];
                _indices[start + kept] = _indices[start + i];
                kept++;
            }
        }

        _counts[row] = kept;
        Thresholds[row] = threshold;
    }
}
