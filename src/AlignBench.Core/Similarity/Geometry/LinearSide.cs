using AlignBench.Features;
using AlignBench.Interop.Lapack;
using AlignBench.Similarity.KernelAlignment;

namespace AlignBench.Similarity.Geometry;

/// <summary>
/// The linear kernel K = X Xᵀ by its features: n (d1 d2) steps a score and no n² values, since
/// Σ_ij K_ij L_ij = |Xᵀ Y|².
/// </summary>
/// <param name="x">[n, d], centred: neither form of HSIC sees the means, and small numbers keep their digits.</param>
/// <param name="form">Which CKA.</param>
internal sealed class LinearSide(FeatureMatrix x, CkaForm form) : KernelSide(form)
{
    private readonly FeatureMatrix _x = x;
    private readonly double[] _squares = [.. Enumerable.Range(0, x.Rows).Select(i => Vectors.Dot(x.Row(i), x.Row(i)))];

    public override int Rows => _x.Rows;

    protected override HsicSums Sums(KernelSide other, ReadOnlySpan<int> pairing, double[]? counts)
    {
        LinearSide paired = Paired<LinearSide>(other);
        double[] ones = counts ?? [.. Enumerable.Repeat(1.0, Rows)];
        double[] partnerCounts = new double[Rows];           // a partner counts as its item does
        for (int i = 0; i < Rows; i++)
        {
            partnerCounts[pairing[i]] = ones[i];
        }

        double[] rowSums = RowSums(ones);
        double[] otherRowSums = paired.RowSums(partnerCounts);
        double products = CrossSquares(paired._x, pairing, ones);
        double rowProducts = 0.0;
        double total = 0.0;
        double otherTotal = 0.0;
        for (int i = 0; i < Rows; i++)
        {
            double otherSum = otherRowSums[pairing[i]];
            products -= Form.IsUnbiased ? ones[i] * ones[i] * _squares[i] * paired._squares[pairing[i]] : 0.0;
            rowProducts += ones[i] * rowSums[i] * otherSum;
            total += ones[i] * rowSums[i];
            otherTotal += ones[i] * otherSum;
        }

        return new HsicSums(ones.Sum(), products, rowProducts, total, otherTotal);
    }

    /// <summary>Σ_j w_j K_ij for each i, without j = i where the form leaves the diagonal out.</summary>
    private double[] RowSums(double[] counts)
    {
        double[] sum = new double[_x.Columns];
        Blas.Multiply(1, _x.Columns, Rows, 1.0, new RowMajor(counts, Rows), new RowMajor(_x.Values, _x.Columns), 0.0, sum);
        return
        [
            .. Enumerable.Range(0, Rows).Select(i =>
                Vectors.Dot(_x.Row(i), sum) - (Form.IsUnbiased ? counts[i] * _squares[i] : 0.0)),
        ];
    }

    /// <summary>|Xᵀ diag(w) Y|², Y in the pairing's order.</summary>
    private double CrossSquares(FeatureMatrix y, ReadOnlySpan<int> pairing, double[] counts)
    {
        FeatureMatrix met = y.SelectRows(pairing);
        for (int i = 0; i < Rows; i++)
        {
            foreach (ref double value in met.Values.AsSpan(i * met.Columns, met.Columns))
            {
                value *= counts[i];
            }
        }

        double[] cross = new double[checked(_x.Columns * met.Columns)];
        Blas.Multiply(
            _x.Columns, met.Columns, Rows, 1.0,
            new RowMajor(_x.Values, _x.Columns, isTransposed: true), new RowMajor(met.Values, met.Columns),
            0.0, cross);
        return Vectors.Dot(cross, cross);
    }
}
