using AlignBench.Features;

namespace AlignBench.Regression;

/// <summary>
/// One model's features decomposed for one fold, ready to predict any partner's features. Immutable: threads
/// may share it, and folds of one or several models may be decomposed side by side.
/// </summary>
public sealed class RidgeFold
{
    private readonly RidgePreset _preset;
    private readonly RidgeDecomposition _decomposition;
    private readonly LeaveOneOut _leaveOneOut;
    private readonly Matrix _ownRows;           // [m, k], test rows scaled by their own statistics, projected
    private readonly Matrix _trainingRows;      // [m, k], by the training rows' statistics

    private RidgeFold(
        int index, Fold fold, RidgePreset preset,
        RidgeDecomposition decomposition, Matrix ownRows, Matrix trainingRows)
    {
        Index = index;
        Fold = fold;
        _preset = preset;
        _decomposition = decomposition;
        _leaveOneOut = new LeaveOneOut(decomposition, preset.Alphas);
        _ownRows = ownRows;
        _trainingRows = trainingRows;
    }

    /// <summary>Position among the folds, from 0.</summary>
    public int Index { get; }

    public Fold Fold { get; }

    /// <summary>
    /// Standardises and decomposes the training rows of <paramref name="x"/>: O(n d min(n, d)), one thread.
    /// </summary>
    /// <param name="x">[n, d], finite.</param>
    /// <param name="index">Position of the fold, for the result.</param>
    /// <param name="fold">At least three training rows and two test rows.</param>
    /// <param name="preset">How.</param>
    /// <exception cref="ArgumentException">A value is not finite, or the fold is too small.</exception>
    public static RidgeFold Decompose(FeatureMatrix x, int index, Fold fold, RidgePreset preset)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(preset);
        if (fold.Train.Length < 3 || fold.Test.Length < 2)
        {
            throw new ArgumentException(
                $"fold {index}: expected at least 3 training and 2 test rows, "
                + $"got {fold.Train.Length} and {fold.Test.Length}");
        }

        ThrowIfNotFinite(x, nameof(x));
        Matrix train = Matrix.Of(x).SelectRows(fold.Train);
        Matrix test = Matrix.Of(x).SelectRows(fold.Test);
        ColumnScale scale = ColumnScale.Of(train);
        Matrix standardized = scale.Standardize(train);
        double[] offset = ColumnScale.MeansOf(standardized);       // what rounding left of a mean of 0
        RidgeDecomposition decomposition = RidgeDecomposition.OfStandardized(
            ColumnScale.Subtract(standardized, offset));

        Matrix own = ColumnScale.Of(test).Standardize(test);
        Matrix training = scale.Standardize(test);
        return new RidgeFold(
            index, fold, preset, decomposition,
            decomposition.Project(ColumnScale.Subtract(own, offset)),
            decomposition.Project(ColumnScale.Subtract(training, offset)));
    }

    /// <summary>Chooses α on the training rows and scores the predictions of the test rows.</summary>
    /// <param name="y">[n, t], finite, row i paired with row i of the decomposed features.</param>
    /// <exception cref="ArgumentException">The row counts differ or a value is not finite.</exception>
    public FoldScore Score(FeatureMatrix y)
    {
        FoldPrediction prediction = Predict(y);
        Matrix truth = Matrix.Of(y).SelectRows(Fold.Test);
        double[] own = ColumnCorrelation.Of(prediction.OwnRows, truth);
        double[] training = ColumnCorrelation.Of(prediction.TrainingRows, truth);
        bool ownIsMain = _preset.TestScaling == TestScaling.OwnRows;
        return new FoldScore
        {
            Fold = Index,
            Alpha = _preset.Alphas[prediction.Choice.Index],
            AlphaAtEdge = prediction.Choice.AtEdge,
            LeaveOneOutErrors = prediction.Errors,
            GapToSecond = prediction.Choice.GapToSecond,
            R = ownIsMain ? own : training,
            RTrainStatistics = training,
            MeanR = ColumnCorrelation.MeanOfDefined(ownIsMain ? own : training),
            MeanRTrainStatistics = ColumnCorrelation.MeanOfDefined(training),
            ConstantTargets = ColumnCorrelation.CountConstant(truth),
        };
    }

    /// <summary>The predictions behind a score.</summary>
    internal FoldPrediction Predict(FeatureMatrix y)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (y.Rows != Fold.Train.Length + Fold.Test.Length)
        {
            throw new ArgumentException(
                $"rows must be paired: {Fold.Train.Length + Fold.Test.Length} against {y.Rows}", nameof(y));
        }

        ThrowIfNotFinite(y, nameof(y));
        RidgeTargets targets = new(_decomposition, Matrix.Of(y).SelectRows(Fold.Train));
        double[] errors = _leaveOneOut.MeanSquaredErrors(targets);
        AlphaChoice choice = AlphaChoice.Smallest(errors);
        double alpha = _preset.Alphas[choice.Index];
        return new FoldPrediction(
            errors, choice, targets.Predict(_ownRows, alpha), targets.Predict(_trainingRows, alpha));
    }

    private static void ThrowIfNotFinite(FeatureMatrix features, string name)
    {
        int bad = features.Values.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (bad >= 0)
        {
            (int row, int column) = Math.DivRem(bad, features.Columns);
            throw new ArgumentException($"row {row}, column {column} is {features.Values[bad]}", name);
        }
    }
}
