using AlignBench.Features;
using AlignBench.Regression.Algebra;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression;

/// <summary>
/// One model's features as the targets of one fold: what any number of models that predict them need. Immutable:
/// threads may share it.
/// </summary>
public sealed class FoldTargets
{
    // Takes the rows over: the training rows are centred where they are.
    private FoldTargets(Matrix train, Matrix truth, bool isReduced)
    {
        Truth = truth;
        Means = ColumnScale.MeansOf(train);
        ColumnScale.SubtractInPlace(train, Means);
        Centred = train;
        Reduced = isReduced && train.Columns > train.Rows ? train.LowerTriangle() : null;
    }

    /// <summary>[m, t], the test rows' targets as the preset takes them.</summary>
    internal Matrix Truth { get; }

    /// <summary>ȳ, [t], of the training rows: the intercepts.</summary>
    internal double[] Means { get; }

    /// <summary>Yc = Y − 1ȳᵀ, [n, t], the training rows'.</summary>
    internal Matrix Centred { get; }

    /// <summary>
    /// L of Yc = L Q, [n, n], where there are more targets than rows and one α serves them all: rows of M Yc and M L
    /// have the same length, and lengths are all that such a search compares. Else null.
    /// </summary>
    internal Matrix? Reduced { get; }

    /// <param name="y">[n + m, t], finite.</param>
    /// <param name="fold">Which rows are learned from.</param>
    /// <param name="preset">Its components, scaling of targets and search.</param>
    /// <exception cref="ArgumentException">The fold is of other rows, or a value is not finite.</exception>
    public static FoldTargets Of(FeatureMatrix y, Fold fold, RidgePreset preset)
    {
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(preset);
        if (y.Rows != fold.Train.Length + fold.Test.Length)
        {
            throw new ArgumentException(
                $"rows must be paired: {fold.Train.Length + fold.Test.Length} against {y.Rows}", nameof(y));
        }

        Matrix.ThrowIfNotFinite(y, nameof(y));
        Matrix train = Matrix.Of(y).SelectRows(fold.Train);
        Matrix truth = Matrix.Of(y).SelectRows(fold.Test);
        if (preset.Components is int components)
        {
            PrincipalComponents reduction = PrincipalComponents.Fit(train, components);
            train = reduction.Transform(train);
            truth = reduction.Transform(truth);
        }

        if (preset.StandardizesTargets)
        {
            double[] inverse = ColumnScale.WithoutConstants(train).InverseDeviations();
            train = train.ScaleColumns(inverse);
            truth = truth.ScaleColumns(inverse);
        }

        return new FoldTargets(
            train, truth, isReduced: preset.Selection == AlphaSelection.LeaveOneOut && preset.Alphas.Length > 1);
    }

    /// <summary>ȳ + K Yc, [m, t].</summary>
    /// <param name="kernel">K, [m, n], from <see cref="RidgeDecomposition.Kernel"/>.</param>
    internal Matrix Predict(Matrix kernel)
    {
        Matrix predictions = Matrix.OfEqualRows(Means, kernel.Rows);
        predictions.Add(1.0, kernel, Centred);
        return predictions;
    }
}
