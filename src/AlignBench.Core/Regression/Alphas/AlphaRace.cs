using AlignBench.Regression.Algebra;

namespace AlignBench.Regression.Alphas;

/// <summary>
/// Sums over rows, Σ_i w_i q_i, of several α, row block after row block, for as long as an α may still have one of
/// the two smallest. Σ_i q_i over all rows is known from the start: what is left of it lies between the smallest
/// and the largest w of the rows to come, so that most α are out of the race early, and none by guess.
/// </summary>
internal sealed class AlphaRace
{
    // Relative slack of the bounds, far above their rounding: a tie is never decided by it.
    private const double Slack = 1e-9;

    private readonly Matrix _weights;        // w, [alphas, n], positive
    private readonly double[] _totals;       // Σ_i q_i, [alphas]
    private readonly double[] _seen;         // the same over the rows so far
    private readonly double[] _sums;         // Σ_i w_i q_i over the rows so far
    private int _rowsSeen;

    /// <param name="weights">w, [alphas, n]; an α with one that is not finite stays in the race.</param>
    /// <param name="totals">Σ_i q_i of each α.</param>
    public AlphaRace(Matrix weights, double[] totals)
    {
        _weights = weights;
        _totals = totals;
        _seen = new double[totals.Length];
        _sums = new double[totals.Length];
        Running = [.. Enumerable.Range(0, totals.Length)];
        Order = ExtremesFirst();
    }

    /// <summary>The α that are not out yet, ascending.</summary>
    public int[] Running { get; private set; }

    /// <summary>[n], the order in which rows are to be added: those whose w is far from the middle first.</summary>
    public int[] Order { get; }

    /// <summary>[alphas], NaN for an α that is out.</summary>
    public double[] Sums => [.. _sums.Select((sum, a) => Running.Contains(a) ? sum : double.NaN)];

    /// <summary>Adds the next rows of <see cref="Order"/>, and drops every α that cannot be among the two best.</summary>
    /// <param name="squares">q, [running alphas, rows].</param>
    public void Add(Matrix squares)
    {
        ReadOnlySpan<int> rows = Order.AsSpan(_rowsSeen, squares.Columns);
        for (int r = 0; r < Running.Length; r++)
        {
            int a = Running[r];
            for (int i = 0; i < rows.Length; i++)
            {
                double square = squares[r, i];
                _seen[a] += square;
                _sums[a] += square * _weights[a, rows[i]];
            }
        }

        _rowsSeen += rows.Length;
        if (_rowsSeen < Order.Length)
        {
            Drop();
        }
    }

    private void Drop()
    {
        (double Low, double High)[] bounds = [.. Running.Select(Bounds)];
        double[] highs = [.. bounds.Select(bound => bound.High).Where(double.IsFinite).Order()];
        if (highs.Length >= 2)
        {
            double enough = highs[1] * (1.0 + Slack);
            Running = [.. Running.Where((_, r) => !(bounds[r].Low > enough))];
        }
    }

    // Of the whole sum. A NaN or an infinity on either side keeps the α in.
    private (double Low, double High) Bounds(int a)
    {
        double smallest = double.PositiveInfinity;
        double largest = 0.0;
        foreach (int row in Order.AsSpan(_rowsSeen))
        {
            smallest = Math.Min(smallest, _weights[a, row]);
            largest = Math.Max(largest, _weights[a, row]);
        }

        double slack = Slack * _totals[a];
        double rest = _totals[a] - _seen[a];
        double high = _sums[a] + ((rest + slack) * largest);
        return double.IsFinite(high) ? (_sums[a] + (Math.Max(0.0, rest - slack) * smallest), high) : (0.0, high);
    }

    // By the α whose total over its mean w is best, which is close to that of generalised cross-validation.
    private int[] ExtremesFirst()
    {
        int n = _weights.Columns;
        int likely = Enumerable.Range(0, _totals.Length)
            .MinBy(a => _totals[a] * VectorMath.Dot(_weights.Row(a), Ones(n)) is double product && double.IsFinite(product)
                ? product
                : double.PositiveInfinity);
        int[] ascending = [.. Enumerable.Range(0, n).OrderBy(row => _weights[likely, row])];
        return [.. Enumerable.Range(0, n).OrderByDescending(rank => Math.Abs((2 * rank) - n + 1)).Select(rank => ascending[rank])];
    }

    private static double[] Ones(int n) => [.. Enumerable.Repeat(1.0, n)];
}
