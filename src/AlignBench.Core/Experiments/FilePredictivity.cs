using AlignBench.Features;
using AlignBench.Regression;

namespace AlignBench.Experiments;

/// <summary>What <see cref="FilePredictivity"/> scores.</summary>
/// <param name="Vision">Feature file of images, or a matrix made elsewhere; the first image of each item counts.</param>
/// <param name="Language">The same for captions.</param>
/// <param name="Captions">Captions averaged for each item, 1 or more; items with fewer are left out.</param>
public sealed record FeaturePair(string Vision, string Language, int Captions = 1)
{
    /// <summary>The ids of a matrix's rows, one a line; null for a feature file, which has them.</summary>
    public string? VisionIds { get; init; }

    /// <inheritdoc cref="VisionIds"/>
    public string? LanguageIds { get; init; }
}

/// <summary>Predictivity between two files of features, paired by item.</summary>
/// <param name="Items">Items that both files have.</param>
/// <param name="LanguageToVision">X = language, Y = vision.</param>
/// <param name="VisionToLanguage">X = vision, Y = language.</param>
public sealed record FilePredictivity(
    int Items, PredictivityResult LanguageToVision, PredictivityResult VisionToLanguage)
{
    /// <summary>Scores both directions.</summary>
    /// <param name="pair">The two files.</param>
    /// <param name="preset">How scores are computed.</param>
    /// <param name="cancellation">Looked at between folds.</param>
    /// <exception cref="AlignBenchException">A file can't be read, or too few items are in both.</exception>
    public static FilePredictivity Score(FeaturePair pair, RidgePreset preset, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(preset);
        ItemFeatures vision = ItemFeatures.Load(pair.Vision, pair.VisionIds, areCaptions: false);
        ItemFeatures language = ItemFeatures.Load(pair.Language, pair.LanguageIds, areCaptions: true);
        string[] items = ItemFeatures.Paired(vision, language, pair.Captions);
        if (items.Length < 2 * preset.Splits)
        {
            throw new DataException(
                $"{pair.Vision} and {pair.Language}: expected at least {2 * preset.Splits} items in both with "
                + $"{pair.Captions} captions each, got {items.Length} (of {vision.Count} and {language.Count})");
        }

        FeatureMatrix x = vision.Of(items, pair.Captions);
        FeatureMatrix y = language.Of(items, pair.Captions);
        Fold[] folds = KFold.Shuffled(items.Length, preset.Splits, preset.Seed);
        return new FilePredictivity(
            items.Length,
            RidgeFolds.Decompose(y, folds, preset, cancellation).Score(x, cancellation),
            RidgeFolds.Decompose(x, folds, preset, cancellation).Score(y, cancellation));
    }
}
