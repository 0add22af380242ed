using AlignBench.Statistics;

namespace AlignBench.Similarity.Geometry;

/// <summary>
/// Representational similarity analysis (Kriegeskorte, Mur and Bandettini 2008): how alike the dissimilarities of all
/// pairs of items are in two spaces.
/// </summary>
public static class Rsa
{
    public static double Pearson(DissimilarityMatrix x, DissimilarityMatrix y) =>
        PearsonCorrelation.Of(Checked(x, y).Values, y.Values);

    /// <summary>Pearson's r of average ranks.</summary>
    public static double Spearman(DissimilarityMatrix x, DissimilarityMatrix y) =>
        Correlation.Spearman(Checked(x, y).Values, y.Values).Coefficient;

    /// <summary>τ-b; time grows with n⁴.</summary>
    public static double Kendall(DissimilarityMatrix x, DissimilarityMatrix y) =>
        KendallTau.Of(Checked(x, y).Values, y.Values).Coefficient;

    /// <summary>Cosine of the two triangles.</summary>
    public static double Cosine(DissimilarityMatrix x, DissimilarityMatrix y) =>
        Vectors.Dot(Checked(x, y).Values, y.Values) / (Vectors.Length(x.Values) * Vectors.Length(y.Values));

    private static DissimilarityMatrix Checked(DissimilarityMatrix x, DissimilarityMatrix y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return x.Rows == y.Rows
            ? x
            : throw new ArgumentException($"items must be paired: {x.Rows} against {y.Rows}");
    }
}

/// <summary>A dissimilarity matrix under Spearman's correlation.</summary>
/// <param name="matrix">Of one set.</param>
internal sealed class RsaSide(DissimilarityMatrix matrix) : MetricSide
{
    private readonly DissimilarityMatrix _matrix = matrix;
    private readonly double[] _ranks = Ranks.Average(matrix.Values);

    public override int Rows => _matrix.Rows;

    public override double Score(MetricSide other, ReadOnlySpan<int> pairing)
    {
        RsaSide paired = Paired<RsaSide>(other);
        double[] met = new double[_ranks.Length];
        int place = 0;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = i + 1; j < Rows; j++)
            {
                met[place++] = paired._ranks[_matrix.IndexOf(pairing[i], pairing[j])];
            }
        }

        return PearsonCorrelation.Of(_ranks, met);
    }

    /// <summary>Pairs of drawn items; a pair of one item with its copy is left out.</summary>
    public override double Resample(MetricSide other, ReadOnlySpan<int> rows)
    {
        RsaSide paired = Paired<RsaSide>(other);
        List<double> own = [];
        List<double> met = [];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < rows.Length; j++)
            {
                if (rows[i] != rows[j])
                {
                    int place = _matrix.IndexOf(rows[i], rows[j]);
                    own.Add(_matrix.Values[place]);
                    met.Add(paired._matrix.Values[place]);
                }
            }
        }

        return Correlation.Spearman(own.ToArray(), met.ToArray()).Coefficient;
    }
}
