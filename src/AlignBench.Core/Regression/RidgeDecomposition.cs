using AlignBench.Interop.Lapack;

namespace AlignBench.Regression;

/// <summary>
/// The one eigendecomposition of a training matrix that serves every α, every target set and every row to
/// predict. With Xc = U diag(√l) Vᵀ, Z = Uᵀ Yc and w = 1 / (l + α): predictions are ȳ + (T Xcᵀ U) diag(w) Z
/// for centred rows T, and the residuals of the training rows are (I − UUᵀ) Yc + U diag(α w) Z.
/// </summary>
/// <remarks>
/// Fewer columns than n − 1: eigenvectors of XcᵀXc, U = Xc V / √l, which spans the columns of Xc only. Else:
/// eigenvectors of XcXcᵀ + s 11ᵀ/n with s above every eigenvalue, so that the last one is the ones direction
/// exactly and is dropped; U then spans all centred vectors and no difference of nearly equal numbers is
/// left. Measured against 256-bit arithmetic, these two leave the leave-one-out error right to 4e-11 at every
/// α from 1e-8 on.
/// </remarks>
internal sealed class RidgeDecomposition
{
    private readonly Matrix _centred;
    private readonly double[] _inverseRoots;    // Covariance: 1/√l; empty for Gram

    private RidgeDecomposition(
        Matrix centred, Matrix basis, double[] spectrum, Matrix? axes, double[] inverseRoots)
    {
        _centred = centred;
        Basis = basis;
        Spectrum = spectrum;
        Axes = axes;
        _inverseRoots = inverseRoots;
    }

    /// <summary>U, [n, k], orthonormal columns, each orthogonal to the ones vector.</summary>
    public Matrix Basis { get; }

    /// <summary>
    /// l, [k], eigenvalues in squared units of X times samples; those of no direction of X are exactly 0.
    /// </summary>
    public double[] Spectrum { get; }

    /// <summary>Whether U spans every centred vector, (I − UUᵀ) Yc = 0.</summary>
    public bool IsComplete => Axes is null;

    /// <summary>Vᵀ, [k, d]; null where U came from the Gram matrix.</summary>
    private Matrix? Axes { get; }

    /// <param name="centred">Xc, [n, d], finite, columns of mean 0; kept, not copied.</param>
    public static RidgeDecomposition Of(Matrix centred) =>
        centred.Columns < centred.Rows - 1 ? OfCovariance(centred) : OfGram(centred);

    /// <summary>T Xcᵀ U, [m, k]: what stands before diag(w) Z in the predictions of centred rows T.</summary>
    /// <param name="rows">T, [m, d], centred by the training means.</param>
    public Matrix Project(Matrix rows)
    {
        if (Axes is not null)
        {
            double[] roots = [.. _inverseRoots.Select(inverse => 1.0 / inverse)];
            return rows.TimesTransposed(Axes).ScaleColumns(roots);
        }

        // A direction that X does not have takes no part, whatever rounding leaves of it.
        double[] present = [.. Spectrum.Select(l => l > 0.0 ? 1.0 : 0.0)];
        return rows.TimesTransposed(_centred).Times(Basis).ScaleColumns(present);
    }

    /// <summary>1 / (l + α), 0 for directions that X does not have.</summary>
    public double[] Weights(double alpha) => [.. Spectrum.Select(l => l > 0.0 ? 1.0 / (l + alpha) : 0.0)];

    /// <summary>α / (l + α), how much of each direction is left in the residual.</summary>
    public double[] Shrinkage(double alpha) => [.. Spectrum.Select(l => l > 0.0 ? alpha / (l + alpha) : 1.0)];

    private static RidgeDecomposition OfCovariance(Matrix centred)
    {
        int d = centred.Columns;
        double[] vectors = centred.Covariance().Values;
        double[] values = Eigen.Symmetric(d, vectors);
        int first = FirstPresent(values, centred);
        int k = d - first;
        Matrix axes = new(k, d, vectors[(first * d)..]);
        double[] spectrum = values[first..];
        double[] inverseRoots = [.. spectrum.Select(l => 1.0 / Math.Sqrt(l))];
        Matrix basis = centred.TimesTransposed(axes).ScaleColumns(inverseRoots);
        return new RidgeDecomposition(centred, basis, spectrum, axes, inverseRoots);
    }

    private static RidgeDecomposition OfGram(Matrix centred)
    {
        int n = centred.Rows;
        double[] vectors = centred.Gram().Values;
        double squares = 0.0;
        foreach (double value in vectors)
        {
            squares += value * value;
        }

        // The Frobenius norm bounds the largest eigenvalue from above, seldom by much; a needlessly large s
        // would cost the small eigenvalues their digits.
        double lift = squares > 0.0 ? 1.1 * Math.Sqrt(squares) : 1.0;
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] += lift / n;
        }

        double[] values = Eigen.Symmetric(n, vectors);
        int k = n - 1;
        double[] spectrum = values[..k];
        int first = FirstPresent(spectrum, centred);
        Array.Clear(spectrum, 0, first);
        Matrix rows = new(k, n, vectors[..(k * n)]);
        return new RidgeDecomposition(centred, rows.Transpose(), spectrum, axes: null, inverseRoots: []);
    }

    // Index of the first of the ascending eigenvalues above l_max max(n, d) ε, the rounding error of an
    // eigenvalue.
    private static int FirstPresent(ReadOnlySpan<double> ascending, Matrix centred)
    {
        const double epsilon = 2.220446049250313e-16;
        double floor = Math.Max(0.0, ascending[^1]) * Math.Max(centred.Rows, centred.Columns) * epsilon;
        int first = 0;
        while (first < ascending.Length && ascending[first] <= floor)
        {
            first++;
        }

        return first;
    }
}
