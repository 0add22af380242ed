using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;
using AlignBench.Similarity;

namespace AlignBench.Experiments;

/// <summary>Predictivity between two files of features, paired by item.</summary>
/// <param name="Items">Items that both files have.</param>
/// <param name="Folds">How they were cut.</param>
/// <param name="TrainedGroups">[folds] test items whose group a training item has too.</param>
/// <param name="LanguageToVision">X = language, Y = vision.</param>
/// <param name="VisionToLanguage">X = vision, Y = language.</param>
public sealed record FilePredictivity(
    int Items,
    Fold[] Folds,
    int[] TrainedGroups,
    PredictivityResult LanguageToVision,
    PredictivityResult VisionToLanguage)
{
    private const int SmallestTest = 2;

    /// <summary>Scores both directions.</summary>
    /// <param name="pair">The two files.</param>
    /// <param name="preset">How scores are computed.</param>
    /// <param name="threads">Folds at a time; results do not depend on it.</param>
    /// <param name="cancellation">Looked at between folds.</param>
    /// <exception cref="AlignBenchException">A file can't be read, or too few items are in both.</exception>
    public static FilePredictivity Score(
        FeaturePair pair, RidgePreset preset, int threads, CancellationToken cancellation)
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

        int[] groups = Groups(pair, vision, language, items);
        Fold[] folds = pair.Folding == Folding.Grouped
            ? Grouped(groups, preset, $"{pair.Vision} and {pair.Language}")
            : KFold.Shuffled(items.Length, preset.Splits, preset.Seed);
        FeatureMatrix images = vision.Of(items, pair.Captions);
        FeatureMatrix captions = language.Of(items, pair.Captions);
        RidgeBatch batch = new(preset, threads, cancellation);
        RidgeFolds[] decomposed = batch.Decompose([images, captions], folds);
        PredictivityResult[] results = batch.Score([(decomposed[1], images), (decomposed[0], captions)]);
        return new FilePredictivity(
            items.Length,
            folds,
            [.. folds.Select(fold => GroupKFold.CountTrainedGroups(groups, [fold]))],
            results[0],
            results[1]);
    }

    private static int[] Groups(FeaturePair pair, ItemFeatures vision, ItemFeatures language, string[] items)
    {
        int[] ofImages = ItemGroups.OfShared(vision.Contents(items, pair.Captions));
        int[] ofCaptions = ItemGroups.OfShared(language.Contents(items, pair.Captions));
        return pair.Groups is string file
            ? ItemGroups.Join(items.Length, ofImages, ofCaptions, ItemGroupFile.Read(file, items))
            : ItemGroups.Join(items.Length, ofImages, ofCaptions);
    }

    private static Fold[] Grouped(int[] groups, RidgePreset preset, string files)
    {
        int count = groups.Distinct().Count();
        try
        {
            Fold[] folds = GroupKFold.Nested(groups, preset.Splits, preset.InnerSplits, Comparer<int>.Default);
            if (folds.All(fold => fold.Test.Length >= SmallestTest))
            {
                return folds;
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            // fewer groups than folds: the same for the user
        }

        throw new DataException(
            $"{files}: grouped folds need more groups than the {count} of {groups.Length} items for {preset.Splits} "
            + $"folds, each with {preset.InnerSplits} inner folds");
    }
}
