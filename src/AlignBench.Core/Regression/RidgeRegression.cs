using AlignBench.Features;
using AlignBench.Regression.Algebra;

namespace AlignBench.Regression;

/// <summary>Weights of a ridge regression: ŷ = x W + b.</summary>
/// <param name="Weights">W, [d, t], in units of y per unit of x.</param>
/// <param name="Intercept">b, [t], in units of y.</param>
public sealed record RidgeModel(FeatureMatrix Weights, double[] Intercept)
{
    /// <summary>x W + b, [m, t].</summary>
    /// <param name="x">[m, d].</param>
    /// <exception cref="ArgumentException">The column count is not d.</exception>
    public FeatureMatrix Predict(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Columns != Weights.Rows)
        {
            throw new ArgumentException($"expected {Weights.Rows} columns, got {x.Columns}", nameof(x));
        }

        double[] negated = [.. Intercept.Select(b => -b)];
        Matrix predictions = ColumnScale.Subtract(Matrix.Of(x).Times(Matrix.Of(Weights)), negated);
        return new FeatureMatrix(predictions.Rows, predictions.Columns, predictions.Values);
    }
}

/// <summary>Ridge regression at a given α.</summary>
public static class RidgeRegression
{
    /// <summary>
    /// Finds W, b minimising ‖Y − XW − 1bᵀ‖² + α‖W‖² (Hoerl and Kennard 1970; b is not penalised), both norms
    /// summed over samples, not averaged: doubling the samples halves the effect of the same α, as in
    /// scikit-learn's Ridge.
    /// </summary>
    /// <param name="x">[n, d] inputs, any unit; standardise first if the columns' units differ.</param>
    /// <param name="y">[n, t] targets.</param>
    /// <param name="alpha">α > 0, in squared units of <paramref name="x"/> times samples.</param>
    /// <exception cref="ArgumentException">The row counts differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not positive.</exception>
    /// <remarks>By singular values of the centred x, which does not square its condition number.</remarks>
    public static RidgeModel Fit(FeatureMatrix x, FeatureMatrix y, double alpha)
    {
        FeatureMatrix.ThrowIfNotPaired(x, y);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ColumnScale scale = ColumnScale.WithoutConstants(Matrix.Of(x));
        RidgeDecomposition decomposition = RidgeDecomposition.OfAnyScale(scale.Centre(Matrix.Of(x)));
        RidgeTargets targets = new(decomposition, Matrix.Of(y));
        Matrix weights = decomposition.Coefficients(targets.Coordinates, alpha);
        Matrix atMeans = new Matrix(1, x.Columns, [.. scale.Means]).Times(weights);
        double[] intercept = [.. targets.Means.Zip(atMeans.Values, (mean, explained) => mean - explained)];
        return new RidgeModel(new FeatureMatrix(weights.Rows, weights.Columns, weights.Values), intercept);
    }
}
