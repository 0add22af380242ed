namespace AlignBench.Statistics.Inference;

/// <summary>p values adjusted for their number, each in the place of its own; capped at 1.</summary>
public static class MultipleComparisons
{
    /// <summary>m p: family-wise error, whatever the dependence.</summary>
    /// <param name="p">[m], each 0 to 1.</param>
    /// <exception cref="ArgumentException">A value is not a p value.</exception>
    public static double[] Bonferroni(ReadOnlySpan<double> p)
    {
        double[] adjusted = Checked(p);
        return [.. adjusted.Select(value => Math.Min(1.0, value * adjusted.Length))];
    }

    /// <summary>
    /// Holm (1979): (m − i + 1) p₍ᵢ₎, running maximum; family-wise error, never weaker than Bonferroni.
    /// </summary>
    /// <inheritdoc cref="Bonferroni"/>
    public static double[] Holm(ReadOnlySpan<double> p)
    {
        double[] sorted = Checked(p);
        int[] order = Order(sorted);
        double[] adjusted = new double[sorted.Length];
        double largest = 0.0;
        for (int i = 0; i < sorted.Length; i++)
        {
            largest = Math.Max(largest, sorted[i] * (sorted.Length - i));
            adjusted[order[i]] = Math.Min(1.0, largest);
        }

        return adjusted;
    }

    /// <summary>
    /// Benjamini and Hochberg (1995): p₍ᵢ₎ m / i, running minimum from the largest; false discovery rate.
    /// </summary>
    /// <inheritdoc cref="Bonferroni"/>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> p) => StepUp(p, factor: 1.0);

    /// <summary>Benjamini and Yekutieli (2001): the same times Σ 1/i, whatever the dependence.</summary>
    /// <inheritdoc cref="Bonferroni"/>
    public static double[] BenjaminiYekutieli(ReadOnlySpan<double> p)
    {
        double harmonic = 0.0;
        for (int i = 1; i <= p.Length; i++)
        {
            harmonic += 1.0 / i;
        }

        return StepUp(p, harmonic);
    }

    private static double[] StepUp(ReadOnlySpan<double> p, double factor)
    {
        double[] sorted = Checked(p);
        int[] order = Order(sorted);
        double[] adjusted = new double[sorted.Length];
        double smallest = 1.0;
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, sorted[i] * factor * sorted.Length / (i + 1));
            adjusted[order[i]] = smallest;
        }

        return adjusted;
    }

    private static double[] Checked(ReadOnlySpan<double> p)
    {
        foreach (double value in p)
        {
            if (!(value >= 0.0 && value <= 1.0))
            {
                throw new ArgumentException($"expected p values between 0 and 1, got {value}", nameof(p));
            }
        }

        return p.ToArray();
    }

    // Sorts in place and returns where each value came from.
    private static int[] Order(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, order);
        return order;
    }
}
