using AlignBench.Regression.Presets;

namespace AlignBench.Regression.Algebra;

/// <summary>
/// One fold's features as the regression takes them: scaled, and centred by the training rows' means.
/// </summary>
/// <param name="Train">[n, d].</param>
/// <param name="TestByPreset">[m, d], test rows scaled as the preset says.</param>
/// <param name="TestByTrainingRows">
/// [m, d], by the training rows' statistics; the same object where that is the same.
/// </param>
internal sealed record ScaledFeatures(Matrix Train, Matrix TestByPreset, Matrix TestByTrainingRows)
{
    /// <param name="train">[n, d].</param>
    /// <param name="test">[m, d].</param>
    /// <param name="scaling">How.</param>
    public static ScaledFeatures Of(Matrix train, Matrix test, FeatureScaling scaling)
    {
        if (scaling == FeatureScaling.None)
        {
            ColumnScale unscaled = ColumnScale.WithoutConstants(train);
            Matrix centred = unscaled.Centre(test);
            return new ScaledFeatures(unscaled.Centre(train), centred, centred);
        }

        if (scaling == FeatureScaling.ByTrainingRows)
        {
            ColumnScale scale = ColumnScale.WithoutConstants(train);
            Matrix scaled = scale.Standardize(test);
            return Centre(scale.Standardize(train), scaled, scaled);
        }

        ColumnScale own = ColumnScale.Of(train);
        return Centre(own.Standardize(train), ColumnScale.Of(test).Standardize(test), own.Standardize(test));
    }

    // Standardised columns too: rounding leaves them a mean, and the intercept is free. All are of our own making.
    private static ScaledFeatures Centre(Matrix train, Matrix byPreset, Matrix byTrainingRows)
    {
        double[] offset = ColumnScale.MeansOf(train);
        ColumnScale.SubtractInPlace(train, offset);
        ColumnScale.SubtractInPlace(byPreset, offset);
        if (!ReferenceEquals(byPreset, byTrainingRows))
        {
            ColumnScale.SubtractInPlace(byTrainingRows, offset);
        }

        return new ScaledFeatures(train, byPreset, byTrainingRows);
    }
}
