namespace AlignBench.Regression.Alphas;

/// <summary>The best of a grid of α by an error.</summary>
/// <param name="Index">Position in the grid.</param>
/// <param name="GapToSecond">(second-best − best) / |best|; infinite for a grid of one.</param>
internal readonly record struct AlphaChoice(int Index, double GapToSecond)
{
    /// <summary>The smallest error, the first (smallest α) among equal ones; a NaN never wins.</summary>
    /// <param name="errors">[alphas].</param>
    /// <exception cref="AlignBenchException">No error is a number.</exception>
    public static AlphaChoice Smallest(ReadOnlySpan<double> errors)
    {
        int best = -1;
        for (int a = 0; a < errors.Length; a++)
        {
            if (!double.IsNaN(errors[a]) && (best < 0 || errors[a] < errors[best]))
            {
                best = a;
            }
        }

        if (best < 0)
        {
            throw new AlignBenchException("no alpha of the grid has a validation error that is a number");
        }

        double second = double.PositiveInfinity;
        for (int a = 0; a < errors.Length; a++)
        {
            second = a != best && errors[a] < second ? errors[a] : second;
        }

        double gap = second == errors[best] ? 0.0 : (second - errors[best]) / Math.Abs(errors[best]);
        return new AlphaChoice(best, gap);
    }
}
