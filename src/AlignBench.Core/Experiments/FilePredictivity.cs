using AlignBench.Features;
using AlignBench.Regression;

namespace AlignBench.Experiments;

/// <summary>Predictivity between two stored feature files, paired by item.</summary>
/// <param name="Items">Items that both files have.</param>
/// <param name="LanguageToVision">X = language, Y = vision.</param>
/// <param name="VisionToLanguage">X = vision, Y = language.</param>
public sealed record FilePredictivity(
    int Items, PredictivityResult LanguageToVision, PredictivityResult VisionToLanguage)
{
    /// <summary>Scores both directions.</summary>
    /// <param name="visionFile">Written by <c>alignbench extract</c>; the first image of each item counts.</param>
    /// <param name="languageFile">The same for captions.</param>
    /// <param name="captions">Captions averaged for each item, 1 or more; items with fewer are left out.</param>
    /// <param name="preset">How scores are computed.</param>
    /// <param name="cancellation">Looked at between folds.</param>
    /// <exception cref="AlignBenchException">A file can't be read, or too few items are in both.</exception>
    public static FilePredictivity Score(
        string visionFile, string languageFile, int captions, RidgePreset preset, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ItemFeatures vision = ItemFeatures.Load(visionFile);
        ItemFeatures language = ItemFeatures.Load(languageFile);
        string[] items = ItemFeatures.Paired(vision, language, captions);
        if (items.Length < 2 * preset.Splits)
        {
            throw new DataException(
                $"{visionFile} and {languageFile}: expected at least {2 * preset.Splits} items in both with {captions} "
                + $"captions each, got {items.Length} (of {vision.Count} and {language.Count})");
        }

        FeatureMatrix x = vision.Of(items, captions);
        FeatureMatrix y = language.Of(items, captions);
        Fold[] folds = KFold.Shuffled(items.Length, preset.Splits, preset.Seed);
        return new FilePredictivity(
            items.Length,
            RidgeFolds.Decompose(y, folds, preset, cancellation).Score(x, cancellation),
            RidgeFolds.Decompose(x, folds, preset, cancellation).Score(y, cancellation));
    }
}
