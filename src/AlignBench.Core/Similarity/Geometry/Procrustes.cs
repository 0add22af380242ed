using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Geometry;

/// <summary>
/// Orthogonal Procrustes (Schönemann 1966): how near the best rotation brings one centred set to the other. Of
/// different widths the narrower one is as if padded with zeros.
/// </summary>
/// <param name="NuclearNorm">N, the sum of the singular values of Xᵀ Y.</param>
/// <param name="FrobeniusX">|X|.</param>
/// <param name="FrobeniusY">|Y|.</param>
public readonly record struct Procrustes(double NuclearNorm, double FrobeniusX, double FrobeniusY)
{
    /// <summary>N / (|X| |Y|), 0 to 1; NaN where all rows of a side are equal.</summary>
    public double Similarity => NuclearNorm / (FrobeniusX * FrobeniusY);

    /// <summary>|X|² + |Y|² − 2 N, the least squared distance.</summary>
    public double SquaredDistance =>
        (FrobeniusX * FrobeniusX) + (FrobeniusY * FrobeniusY) - (2.0 * NuclearNorm);

    /// <summary>The same of sides scaled to length 1: 2 − 2 similarity.</summary>
    public double NormalizedSquaredDistance => 2.0 - (2.0 * Similarity);

    /// <summary>arccos of the similarity, in radians.</summary>
    public double Angle => Math.Acos(Math.Min(Similarity, 1.0));

    /// <summary>scipy's <c>procrustes</c> disparity, which may scale as well: 1 − similarity².</summary>
    public double Disparity => 1.0 - (Similarity * Similarity);

    /// <param name="x">[n, d1].</param>
    /// <param name="y">[n, d2].</param>
    public static Procrustes Of(FeatureMatrix x, FeatureMatrix y)
    {
        FeatureMatrix.ThrowIfNotPaired(x, y);
        return OfCentred(RowTransforms.Centred(x), RowTransforms.Centred(y));
    }

    internal static Procrustes OfCentred(FeatureMatrix x, FeatureMatrix y)
    {
        double[] cross = new double[checked(x.Columns * y.Columns)];
        Blas.Multiply(
            x.Columns, y.Columns, x.Rows, 1.0,
            new RowMajor(x.Values, x.Columns, isTransposed: true), new RowMajor(y.Values, y.Columns), 0.0, cross);
        double[] values = Factorization.SingularValues(x.Columns, y.Columns, cross).Values;
        return new Procrustes(values.Sum(), Vectors.Length(x.Values), Vectors.Length(y.Values));
    }
}

/// <summary>Centred features; the score is <see cref="Procrustes.Similarity"/>.</summary>
internal sealed class ProcrustesSide(FeatureMatrix x) : ResampledSide(x, rows => new ProcrustesSide(rows))
{
    private readonly FeatureMatrix _centred = RowTransforms.Centred(x);

    public override double Score(MetricSide other, ReadOnlySpan<int> pairing) =>
        Procrustes.OfCentred(_centred, Paired<ProcrustesSide>(other)._centred.SelectRows(pairing)).Similarity;
}
