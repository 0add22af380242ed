using AlignBench.Features;
using AlignBench.Similarity.Neighbors;

namespace AlignBench.Similarity.KernelAlignment;

/// <summary>
/// CKNNA (Huh et al. 2024, appendix): unbiased CKA of kernel matrices of which only entries (i, j) count where j is
/// among i's k nearest in both spaces. The mask is not symmetric, so neither is the score, quite.
/// </summary>
internal sealed class CknnaSide : MetricSide
{
    private readonly NeighborLists _lists;
    private readonly double[] _kernel;                       // [n, k], of each neighbour
    private readonly CkaForm _form;
    private readonly double _own;

    /// <param name="x">[n, d]; the kernel is x · y.</param>
    /// <param name="lists">Neighbours in x.</param>
    /// <param name="form">Unbiased, with or without an epsilon.</param>
    public CknnaSide(FeatureMatrix x, NeighborLists lists, CkaForm form)
    {
        _lists = lists;
        _form = form;
        _kernel = new double[lists.Rows * lists.K];
        for (int i = 0; i < lists.Rows; i++)
        {
            for (int r = 0; r < lists.K; r++)
            {
                _kernel[(i * lists.K) + r] = Vectors.Dot(x.Row(i), x.Row(lists.Of(i)[r]));
            }
        }

        _own = Hsic(this, Identity(Rows), null);
    }

    public override int Rows => _lists.Rows;

    public override double Score(MetricSide other, ReadOnlySpan<int> pairing)
    {
        CknnaSide paired = Paired<CknnaSide>(other);
        return _form.Ratio(Hsic(paired, pairing, null), _own, paired._own);
    }

    /// <summary>The lists stay; each entry counts as often as its two items were drawn together.</summary>
    public override double Resample(MetricSide other, ReadOnlySpan<int> rows)
    {
        CknnaSide paired = Paired<CknnaSide>(other);
        double[] counts = Counts(Rows, rows);
        int[] identity = Identity(Rows);
        return _form.Ratio(
            Hsic(paired, identity, counts), Hsic(this, identity, counts), paired.Hsic(paired, identity, counts));
    }

    /// <summary>Equation 5 of Song et al. 2012 as it stands, for matrices that are not symmetric: Σ_ij K_ij L_ji.</summary>
    private double Hsic(CknnaSide other, ReadOnlySpan<int> pairing, double[]? counts)
    {
        int n = Rows;
        int[] partner = new int[n];
        for (int i = 0; i < n; i++)
        {
            partner[pairing[i]] = i;
        }

        double products = 0.0;
        double total = 0.0;
        double otherTotal = 0.0;
        double[] columnSums = new double[n];                 // of K
        double[] rowSums = new double[n];                    // of L
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<int> theirs = other._lists.Of(pairing[i]);
            for (int r = 0; r < theirs.Length; r++)
            {
                int j = partner[theirs[r]];
                int place = _lists.Of(i).IndexOf(j);
                if (place < 0)
                {
                    continue;
                }

                double weight = counts is null ? 1.0 : counts[i] * counts[j];
                double k = _kernel[(i * _lists.K) + place];
                double l = other._kernel[(pairing[i] * _lists.K) + r];
                total += weight * k;
                otherTotal += weight * l;
                columnSums[j] += (counts is null ? 1.0 : counts[i]) * k;
                rowSums[i] += (counts is null ? 1.0 : counts[j]) * l;
                bool isMutual = _lists.Of(j).Contains(i) && other._lists.Of(pairing[j]).Contains(pairing[i]);
                products += isMutual ? weight * k * l : 0.0;
            }
        }

        double rowProducts = 0.0;
        for (int i = 0; i < n; i++)
        {
            rowProducts += (counts is null ? 1.0 : counts[i]) * columnSums[i] * rowSums[i];
        }

        return new HsicSums(counts?.Sum() ?? n, products, rowProducts, total, otherTotal).Unbiased;
    }
}
