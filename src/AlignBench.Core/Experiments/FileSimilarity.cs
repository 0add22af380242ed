using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Similarity;
using AlignBench.Statistics;

namespace AlignBench.Experiments;

/// <summary>One metric between two feature files.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Score">Its value.</param>
/// <param name="Chance">Expected of unrelated spaces; NaN where only permutations tell.</param>
/// <param name="Null">Scores of random pairings, or null.</param>
/// <param name="Interval">95 % percentile interval over resampled items, or null.</param>
public sealed record SimilarityScore(
    Metric Metric, double Score, double Chance, SimilarityNull? Null, Interval? Interval);

/// <summary>Similarity of two stored feature files, paired by item.</summary>
/// <param name="X">Model and selection of the first.</param>
/// <param name="Y">Model and selection of the second.</param>
/// <param name="Items">Items that both files have.</param>
/// <param name="Scores">One a metric.</param>
public sealed record FileSimilarity(
    (string Model, string Selection) X, (string Model, string Selection) Y, int Items, IReadOnlyList<SimilarityScore> Scores)
{
    /// <summary>Scores every metric.</summary>
    /// <param name="fileX">
    /// Written by <c>alignbench extract</c>, of images (the first of an item counts) or captions; or a plain matrix.
    /// </param>
    /// <param name="fileY">The same, of the same items.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="AlignBenchException">A file can't be read, or too few items are in both.</exception>
    public static FileSimilarity Measure(
        string fileX, string fileY, SimilarityOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ItemFeatures x = ItemFeatures.Load(fileX, options.IdsX);
        ItemFeatures y = ItemFeatures.Load(fileY, options.IdsY);
        if (options.Captions > 1 && !x.AreCaptions && !y.AreCaptions)
        {
            throw new DataException(
                $"{fileX} and {fileY}: expected captions to average {options.Captions} of, both hold images");
        }

        string[] items = ItemFeatures.Paired(x, y, options.Captions);
        FeatureMatrix rowsX = x.Of(items, options.Captions);
        FeatureMatrix rowsY = y.Of(items, options.Captions);
        int[]? groups = Groups(items, rowsX, rowsY, options);
        ThrowIfTooFew(items.Length, groups, options, $"{fileX} and {fileY}", $"{x.Count} and {y.Count}");
        SideInput inputX = Input(rowsX, groups, options, cancellation);
        SideInput inputY = Input(rowsY, groups, options, cancellation);
        return new FileSimilarity(
            (x.Model, x.Selection),
            (y.Model, y.Selection),
            items.Length,
            [.. options.Metrics.Select(metric => Score(metric, inputX, inputY, options, cancellation))]);
    }

    private static SideInput Input(
        FeatureMatrix rows, int[]? groups, SimilarityOptions options, CancellationToken cancellation) =>
        new(SimilarityPresets.Prepare(options.Preset, [rows])[0], options.K, groups, cancellation);

    private static SimilarityScore Score(
        Metric metric, SideInput inputX, SideInput inputY, SimilarityOptions options, CancellationToken cancellation)
    {
        MetricSide x = metric.Side(options.Preset, inputX);
        MetricSide y = metric.Side(options.Preset, inputY);
        SimilarityNull? chance = options.Permutations > 0
            ? SimilarityNull.Draw(
                x, y, options.Permutations, options.Seed, metric.Maximum(options.Preset, options.K), cancellation)
            : null;
        Interval? interval = options.Resamples > 0
            ? Bootstrap.Resample(x.Rows, options.Resamples, options.Seed, rows => x.Resample(y, rows)).Percentile()
            : null;
        return new SimilarityScore(metric, chance?.Observed ?? x.Score(y), x.Chance, chance, interval);
    }

    private static int[]? Groups(string[] items, FeatureMatrix x, FeatureMatrix y, SimilarityOptions options)
    {
        int[]? named = options.GroupsFile is string file ? ItemGroupFile.Read(file, items) : null;
        int[]? equal = options.ExcludeDuplicates ? ItemGroups.OfDuplicates(x, y) : null;
        return named is not null && equal is not null ? ItemGroups.Join(items.Length, named, equal) : named ?? equal;
    }

    private static void ThrowIfTooFew(int n, int[]? groups, SimilarityOptions options, string files, string counts)
    {
        const int least = 4;                                 // the unbiased HSIC's
        bool usesNeighbors = options.Metrics.Any(metric => metric.UsesNeighbors);
        int needed = usesNeighbors ? Math.Max(least, options.K + 1) : least;
        if (n < needed)
        {
            throw new DataException(
                $"{files}: expected at least {needed} items in both with {options.Captions} captions each, "
                + $"got {n} (of {counts})");
        }

        int largest = groups is null ? 1 : groups.GroupBy(group => group).Max(group => group.Count());
        if (usesNeighbors && n - largest < options.K)
        {
            throw new DataException(
                $"{files}: a group of {largest} of {n} items leaves fewer than {options.K} neighbours");
        }
    }
}
