using AlignBench.Interop.Lapack;

namespace AlignBench.Regression.Algebra;

/// <summary>
/// The one decomposition of a training matrix that serves every α, every target set and every row to predict.
/// With Xc = U diag(√l) Vᵀ, Z = Uᵀ Yc and w = 1 / (l + α), predictions are ȳ + (T Xcᵀ U) diag(w) Z for
/// centred rows T, and the residuals of the training rows are (I − UUᵀ) Yc + U diag(α w) Z.
/// </summary>
internal sealed class RidgeDecomposition
{
    /// <summary>
    /// Twice the largest relative rounding error of a double; double.Epsilon is something else.
    /// </summary>
    public const double Epsilon = 2.220446049250313e-16;

    // Below this share of the largest eigenvalue an eigenvector of a product XᵀX or XXᵀ has lost too many
    // digits.
    private const double TrustedShare = 1e-10;

    private readonly Matrix? _axes;          // √l Vᵀ, [k, d], where V is known
    private readonly Matrix? _centred;       // Xc, [n, d], where it is not

    private RidgeDecomposition(
        Matrix basis, double[] spectrum, bool isComplete, Matrix? axes, Matrix? centred)
    {
        Basis = basis;
        Spectrum = spectrum;
        IsComplete = isComplete;
        _axes = axes;
        _centred = centred;
    }

    /// <summary>U, [n, k], orthonormal columns, each orthogonal to the ones vector.</summary>
    public Matrix Basis { get; }

    /// <summary>
    /// l, [k], in squared units of X times samples; exactly 0 for a direction that X does not have.
    /// </summary>
    public double[] Spectrum { get; }

    /// <summary>Whether U spans every centred vector, (I − UUᵀ) Yc = 0.</summary>
    public bool IsComplete { get; }

    /// <summary>
    /// Decomposes standardised columns by the symmetric eigenproblem of the smaller product.
    /// </summary>
    /// <param name="centred">Xc, [n, d], finite, columns of mean 0 and like size.</param>
    /// <remarks>
    /// Fewer columns than n − 1: eigenvectors of XcᵀXc, U = Xc V / √l, which spans the columns of Xc only.
    /// Else: eigenvectors of XcXcᵀ + s 11ᵀ/n with s above every eigenvalue, so that the last one is the ones
    /// direction and is dropped; U then spans all centred vectors and no difference of nearly equal numbers
    /// is left. Against 256-bit arithmetic both leave the leave-one-out error right to 4e-11 at every α from
    /// 1e-8 on. Where columns are so nearly dependent that the product has lost them, the singular values are
    /// taken instead.
    /// </remarks>
    public static RidgeDecomposition OfStandardized(Matrix centred) =>
        (centred.Columns < centred.Rows - 1 ? OfCovariance(centred) : OfGram(centred)) ?? OfAnyScale(centred);

    /// <summary>Decomposes columns of any scale by singular values: slower, but nothing is squared.</summary>
    /// <param name="centred">Xc, [n, d], finite, columns of mean 0.</param>
    /// <remarks>
    /// With the largest columns first the matrix is graded, and the singular values of columns between 1e-6
    /// and 1e6 come out to their own last digits: against 256-bit arithmetic the leave-one-out error is right
    /// to 1e-15 where the order as given leaves 1e-7, and products of the matrix leave nothing.
    /// </remarks>
    public static RidgeDecomposition OfAnyScale(Matrix centred)
    {
        (int n, int d) = (centred.Rows, centred.Columns);
        bool isComplete = d >= n - 1;
        int[] order = LargestColumnsFirst(centred);
        centred = centred.SelectColumns(order);
        Matrix lifted = isComplete ? WithOnes(centred) : centred.Copy();
        (double[] left, double[] values, double[] right) =
            Factorization.SingularValues(n, lifted.Columns, lifted.Values);
        int first = isComplete ? 1 : 0;         // the ones: the first column, the largest singular value
        double floor = values.Length == 0 ? 0.0 : values[0] * Math.Max(n, d) * Epsilon;
        int present = values.Count(value => value > floor);
        int last = isComplete ? values.Length : present;

        Matrix basis = new Matrix(n, values.Length, left).SelectColumns(first, last);
        Matrix axes = new Matrix(values.Length, lifted.Columns, right)
            .SelectRows(first, last).SelectColumns(first, first + d).ReorderColumns(order);
        double[] kept = [.. Enumerable.Range(first, last - first).Select(i => i < present ? values[i] : 0.0)];
        double[] spectrum = [.. kept.Select(value => value * value)];
        return new RidgeDecomposition(basis, spectrum, isComplete, axes.ScaleRows(kept), centred: null);
    }

    /// <summary>The first directions only: ridge on that many principal components of X.</summary>
    /// <param name="components">
    /// Directions kept, those of the largest eigenvalues; null or more than k keeps all.
    /// </param>
    public RidgeDecomposition Truncate(int? components)
    {
        if (components is not int count || count >= Spectrum.Length)
        {
            return this;
        }

        IEnumerable<int> all = Enumerable.Range(0, Spectrum.Length);
        int[] kept = [.. all.OrderByDescending(j => Spectrum[j]).Take(count)];
        Matrix basis = Basis.Transpose().SelectRows(kept).Transpose();
        double[] spectrum = [.. kept.Select(j => Spectrum[j])];
        return new RidgeDecomposition(basis, spectrum, isComplete: false, _axes?.SelectRows(kept), _centred);
    }

    /// <summary>
    /// The same without the features: all that targets need, once every row to predict is projected.
    /// </summary>
    public RidgeDecomposition WithoutFeatures() =>
        new(Basis, Spectrum, IsComplete, axes: null, centred: null);

    /// <summary>T Xcᵀ U, [m, k]: what stands before diag(w) Z in the predictions of centred rows T.</summary>
    /// <param name="rows">T, [m, d], centred by the training means.</param>
    public Matrix Project(Matrix rows) => _axes is not null
        ? rows.TimesTransposed(_axes)
        : rows.TimesTransposed(_centred!).Times(Basis);

    /// <summary>P diag(1 / (l + α)) Uᵀ, [m, n]: what the centred targets are multiplied by, the training rows' say.</summary>
    /// <param name="projection">P, [m, k], from <see cref="Project"/>.</param>
    /// <param name="alpha">Positive.</param>
    public Matrix Kernel(Matrix projection, double alpha) =>
        projection.ScaleColumns(Weights(alpha)).TimesTransposed(Basis);

    /// <summary>W = Xcᵀ U diag(1 / (l + α)) Z, [d, t].</summary>
    /// <param name="coordinates">Z, [k, t].</param>
    /// <param name="alpha">Positive.</param>
    public Matrix Coefficients(Matrix coordinates, double alpha)
    {
        Matrix weighed = coordinates.ScaleRows(Weights(alpha));
        return _axes is not null
            ? _axes.TransposedTimes(weighed)
            : _centred!.TransposedTimes(Basis.Times(weighed));
    }

    /// <summary>1 / (l + α), 0 for directions that X does not have.</summary>
    public double[] Weights(double alpha) => [.. Spectrum.Select(l => l > 0.0 ? 1.0 / (l + alpha) : 0.0)];

    /// <summary>α / (l + α), how much of each direction is left in the residual.</summary>
    public double[] Shrinkage(double alpha) => [.. Spectrum.Select(l => alpha / (l + alpha))];

    private static RidgeDecomposition? OfCovariance(Matrix centred)
    {
        int d = centred.Columns;
        double[] vectors = centred.Covariance().Values;
        double[] values = Factorization.SymmetricEigen(d, vectors);
        int first = centred.CountZeroColumns();            // each is an eigenvalue of 0, which is no loss
        if (first < d && values[first] < TrustedShare * values[^1])
        {
            return null;
        }

        double[] spectrum = values[first..];
        double[] roots = [.. spectrum.Select(Math.Sqrt)];
        Matrix right = new(d - first, d, vectors[(first * d)..]);
        Matrix basis = centred.TimesTransposed(right).ScaleColumns([.. roots.Select(root => 1.0 / root)]);
        Matrix axes = right.ScaleRows(roots);
        return new RidgeDecomposition(basis, spectrum, isComplete: false, axes, centred: null);
    }

    private static RidgeDecomposition? OfGram(Matrix centred)
    {
        int n = centred.Rows;
        Matrix gram = centred.Gram();
        double lift = Lift(gram);
        for (int i = 0; i < gram.Values.Length; i++)
        {
            gram.Values[i] += lift * lift / n;
        }

        double[] values = Factorization.SymmetricEigen(n, gram.Values);
        int k = n - 1;
        double[] spectrum = values[..k];
        int absent = k - Math.Min(k, centred.CountDistinctRows() - 1);     // so are these
        if (absent < k && spectrum[absent] < TrustedShare * spectrum[^1])
        {
            return null;
        }

        Array.Clear(spectrum, 0, absent);
        Matrix basis = new Matrix(n, n, gram.Values).SelectRows(0, k).Transpose();
        return new RidgeDecomposition(basis, spectrum, isComplete: true, axes: null, centred);
    }

    private static int[] LargestColumnsFirst(Matrix x)
    {
        double[] squares = new double[x.Columns];
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> row = x.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                squares[j] += row[j] * row[j];
            }
        }

        return [.. Enumerable.Range(0, x.Columns).OrderByDescending(j => squares[j])];
    }

    private static Matrix WithOnes(Matrix centred)
    {
        double lift = Lift(centred.Gram()) / Math.Sqrt(centred.Rows);
        Matrix lifted = new(centred.Rows, centred.Columns + 1);
        for (int i = 0; i < centred.Rows; i++)
        {
            lifted.Row(i)[0] = lift;
            centred.Row(i).CopyTo(lifted.Row(i)[1..]);
        }

        return lifted;
    }

    // Above the largest singular value, and seldom far: a needlessly large one would cost the small ones
    // their digits. The Frobenius norm of XcXcᵀ bounds its largest eigenvalue.
    private static double Lift(Matrix gram)
    {
        double squares = 0.0;
        foreach (double value in gram.Values)
        {
            squares += value * value;
        }

        return squares > 0.0 ? Math.Sqrt(1.1 * Math.Sqrt(squares)) : 1.0;
    }
}
