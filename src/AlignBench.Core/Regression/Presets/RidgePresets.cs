namespace AlignBench.Regression.Presets;

/// <summary>The presets by name.</summary>
public static class RidgePresets
{
    /// <summary>The default: the scores of the published study.</summary>
    public static RidgePreset NeuroAIMetrics { get; } = new()
    {
        Name = "neuroaimetrics",
        Description = "5 shuffled folds (seed 42); training and test rows each standardised by their own "
            + "statistics; one alpha of 1e-8 ... 1e8 for all targets by leave-one-out squared error; Pearson "
            + "r averaged over targets",
        Source = "anshksoni/NeuroAIMetrics, utils/metrics.py, LinearPredictivity",
    };

    public static RidgePreset SklearnPerTarget { get; } = new()
    {
        Name = "sklearn-per-target",
        Description = "all rows standardised by the training rows; an alpha for each target by leave-one-out "
            + "error",
        Source = "scikit-learn 1.9.1, StandardScaler and RidgeCV(alpha_per_target=True)",
        Scaling = FeatureScaling.ByTrainingRows,
        Selection = AlphaSelection.LeaveOneOutPerTarget,
    };

    public static RidgePreset SklearnUnscaled { get; } = new()
    {
        Name = "sklearn-unscaled",
        Description = "features as they are; one alpha by leave-one-out error; by singular values, so that "
            + "columns of very different size are no loss",
        Source = "scikit-learn 1.9.1, RidgeCV(gcv_mode=\"svd\")",
        Scaling = FeatureScaling.None,
    };

    public static RidgePreset InnerR2 { get; } = new()
    {
        Name = "inner-r2",
        Description = "all rows standardised by the training rows; one alpha by R2 over 5 consecutive inner "
            + "folds",
        Source = "scikit-learn 1.9.1, StandardScaler and RidgeCV(cv=5, scoring=\"r2\")",
        Scaling = FeatureScaling.ByTrainingRows,
        Selection = AlphaSelection.InnerR2,
    };

    public static RidgePreset NestedR2 { get; } = new()
    {
        Name = "nested-r2",
        Description = "as inner-r2, the features standardised anew inside each inner fold",
        Source = "scikit-learn 1.9.1, GridSearchCV(Pipeline(StandardScaler, Ridge), cv=5, scoring=\"r2\")",
        Scaling = FeatureScaling.ByTrainingRows,
        Selection = AlphaSelection.NestedR2,
    };

    public static RidgePreset NestedR { get; } = new()
    {
        Name = "nested-r",
        Description = "as nested-r2, by Pearson r averaged over targets, undefined ones as 0",
        Source = "scikit-learn 1.9.1, GridSearchCV(Pipeline(StandardScaler, Ridge), cv=5), a Pearson scorer",
        Scaling = FeatureScaling.ByTrainingRows,
        Selection = AlphaSelection.NestedR,
    };

    public static RidgePreset Himalaya { get; } = new()
    {
        Name = "himalaya",
        Description = "all rows standardised by the training rows; an alpha for each target by squared error "
            + "over 5 consecutive inner folds, with himalaya's 1e-10 ln(alpha) in favour of larger ones",
        Source = "himalaya 0.4.11, RidgeCV(fit_intercept=True, cv=5)",
        Scaling = FeatureScaling.ByTrainingRows,
        Selection = AlphaSelection.InnerErrorPerTarget,
    };

    public static RidgePreset FixedAlpha { get; } = new()
    {
        Name = "fixed-alpha",
        Description = "all rows standardised by the training rows; alpha 1, nothing searched",
        Source = "scikit-learn 1.9.1, StandardScaler and Ridge()",
        Scaling = FeatureScaling.ByTrainingRows,
        Alphas = [1.0],
    };

    public static IReadOnlyList<RidgePreset> All { get; } =
    [
        NeuroAIMetrics, SklearnPerTarget, SklearnUnscaled, InnerR2, NestedR2, NestedR, Himalaya, FixedAlpha,
    ];

    /// <summary>Other names: the first is taken for the second.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>
    {
        ["nested"] = NestedR2.Name,             // what GridSearchCV does unless a scorer is given
    };

    /// <exception cref="ConfigException">No preset has this name.</exception>
    public static RidgePreset Find(string name)
    {
        string wanted = Aliases.GetValueOrDefault(name, name);
        string[] names = [.. All.Select(preset => preset.Name), .. Aliases.Keys];
        return All.FirstOrDefault(preset => preset.Name == wanted)
            ?? throw new ConfigException(
                $"unknown preset '{name}'{Suggestion.For(name, names)}; there are {string.Join(", ", names)}");
    }
}
