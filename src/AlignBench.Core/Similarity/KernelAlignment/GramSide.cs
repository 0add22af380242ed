namespace AlignBench.Similarity.KernelAlignment;

/// <summary>A kernel matrix in memory, n² values.</summary>
internal sealed class GramSide : KernelSide
{
    private readonly double[] _kernel;                       // [n, n]
    private readonly double[] _rowSums;                      // [n]
    private readonly int _n;

    /// <param name="n">Items.</param>
    /// <param name="kernel">[n, n], symmetric; kept, its diagonal cleared where the form leaves it out.</param>
    /// <param name="form">Which CKA.</param>
    public GramSide(int n, double[] kernel, CkaForm form)
        : base(form)
    {
        _n = n;
        _kernel = kernel;
        _rowSums = new double[n];
        for (int i = 0; i < n; i++)
        {
            if (form.IsUnbiased)
            {
                kernel[(i * n) + i] = 0.0;
            }

            foreach (double value in kernel.AsSpan(i * n, n))
            {
                _rowSums[i] += value;
            }
        }
    }

    public override int Rows => _n;

    protected override HsicSums Sums(KernelSide other, ReadOnlySpan<int> pairing, double[]? counts)
    {
        GramSide paired = Paired<GramSide>(other);
        return counts is null ? Sums(paired, pairing) : Sums(paired, counts);
    }

    private HsicSums Sums(GramSide other, ReadOnlySpan<int> pairing)
    {
        double products = 0.0;
        double rowProducts = 0.0;
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> own = _kernel.AsSpan(i * _n, _n);
            ReadOnlySpan<double> met = other._kernel.AsSpan(pairing[i] * _n, _n);
            double sum = 0.0;
            for (int j = 0; j < own.Length; j++)
            {
                sum += own[j] * met[pairing[j]];
            }

            products += sum;
            rowProducts += _rowSums[i] * other._rowSums[pairing[i]];
        }

        return new HsicSums(_n, products, rowProducts, _rowSums.Sum(), other._rowSums.Sum());
    }

    private HsicSums Sums(GramSide other, double[] counts)
    {
        double products = 0.0;
        double rowProducts = 0.0;
        double total = 0.0;
        double otherTotal = 0.0;
        double[] weighted = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            if (counts[i] == 0.0)
            {
                continue;
            }

            ReadOnlySpan<double> own = _kernel.AsSpan(i * _n, _n);
            ReadOnlySpan<double> met = other._kernel.AsSpan(i * _n, _n);
            for (int j = 0; j < weighted.Length; j++)
            {
                weighted[j] = own[j] * counts[j];
            }

            double rowSum = weighted.Sum();
            double otherRowSum = Vectors.Dot(met, counts);
            products += counts[i] * Vectors.Dot(weighted, met);
            rowProducts += counts[i] * rowSum * otherRowSum;
            total += counts[i] * rowSum;
            otherTotal += counts[i] * otherRowSum;
        }

        return new HsicSums(counts.Sum(), products, rowProducts, total, otherTotal);
    }
}
