using AlignBench.Features;
using AlignBench.Statistics;

namespace AlignBench.Similarity.Geometry;

/// <summary>The first left singular vectors of standardised features; see <see cref="CanonicalCorrelation"/>.</summary>
internal sealed class SvccaSide : ResampledSide
{
    /// <summary>minyoungg/platonic-rep's <c>cca_dim</c>.</summary>
    public const int DefaultComponents = 10;

    private readonly FeatureMatrix _basis;                   // [k, n]

    public SvccaSide(FeatureMatrix x, int components = DefaultComponents)
        : base(x, rows => new SvccaSide(rows, components))
    {
        _basis = CanonicalCorrelation.Basis(Standardised(x), components);
    }

    public override double Score(MetricSide other, ReadOnlySpan<int> pairing)
    {
        SvccaSide paired = Paired<SvccaSide>(other);
        double[] met = new double[paired._basis.Values.Length];
        for (int c = 0; c < paired._basis.Rows; c++)
        {
            for (int i = 0; i < Rows; i++)
            {
                met[(c * Rows) + i] = paired._basis.Row(c)[pairing[i]];
            }
        }

        double[] correlations = CanonicalCorrelation.OfBases(
            _basis, new FeatureMatrix(paired._basis.Rows, Rows, met));
        return correlations.Length > 0 ? correlations.Average() : double.NaN;
    }

    // Constant columns have no standard deviation and stay 0.
    private static FeatureMatrix Standardised(FeatureMatrix x)
    {
        FeatureMatrix centred = RowTransforms.Centred(x);
        double[] squares = new double[x.Columns];
        for (int i = 0; i < centred.Values.Length; i++)
        {
            squares[i % x.Columns] += centred.Values[i] * centred.Values[i];
        }

        double[] means = RowTransforms.ColumnMeans(x);
        double[] scale = new double[x.Columns];
        for (int j = 0; j < scale.Length; j++)
        {
            bool isConstant = Moments.IsConstant(means[j], squares[j] / x.Rows, x.Rows);
            scale[j] = isConstant ? 0.0 : 1.0 / Math.Sqrt(squares[j] / (x.Rows - 1));
        }

        for (int i = 0; i < centred.Values.Length; i++)
        {
            centred.Values[i] *= scale[i % x.Columns];
        }

        return centred;
    }
}
