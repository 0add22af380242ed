using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;
using AlignBench.Similarity;
using AlignBench.Statistics;

namespace AlignBench.Experiments;

/// <summary>One direction between two files.</summary>
/// <param name="Direction">Which predicts which.</param>
/// <param name="Result">Scores and alphas, a fold each.</param>
/// <param name="Chance">Scores of shuffled pairings, or null.</param>
/// <param name="Bootstrap">Scores of test items drawn again, or null.</param>
public sealed record FileScore(
    string Direction, PredictivityResult Result, PermutationNull? Chance, BootstrapDistribution? Bootstrap);

/// <summary>Predictivity between two files of features, paired by item.</summary>
/// <param name="Items">Items that both files have.</param>
/// <param name="Folds">How they were cut.</param>
/// <param name="TrainedGroups">[folds] test items whose group a training item has too.</param>
/// <param name="LanguageToVision">X = language, Y = vision.</param>
/// <param name="VisionToLanguage">X = vision, Y = language.</param>
public sealed record FilePredictivity(
    int Items, Fold[] Folds, int[] TrainedGroups, FileScore LanguageToVision, FileScore VisionToLanguage)
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
            Score(Direction.LanguageToVision, decomposed[1], images, results[0], pair, cancellation),
            Score(Direction.VisionToLanguage, decomposed[0], captions, results[1], pair, cancellation));
    }

    private static FileScore Score(
        string direction,
        RidgeFolds x,
        FeatureMatrix y,
        PredictivityResult result,
        FeaturePair pair,
        CancellationToken cancellation) =>
        new(
            direction,
            result,
            pair.Permutations == 0 ? null : PermutationNull.Draw(x, y, pair.Permutations, pair.Seed, cancellation),
            pair.Resamples == 0 ? null : ScoreBootstrap.Draw(x, y, pair.Resamples, pair.Seed, cancellation));

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
