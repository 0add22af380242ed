using AlignBench.Reports;
using AlignBench.Statistics;
using AlignBench.Statistics.Distributions;
using AlignBench.Statistics.Generators;

namespace AlignBench.Experiments.Adapters;

/// <summary>
/// <c>hypotheses.csv</c>: H1 and H2 for each adapter, set of rows, kernel, k and way to choose lambda. A row a seed with
/// a bootstrap interval over items (neighbours as they are, items drawn with replacement); with several seeds also the
/// mean over them, with Student's interval over seeds and with a bootstrap over items and seeds together.
/// </summary>
internal static class HypothesisTable
{
    private const double Level = 0.95;

    public static void Write(
        string output, EvaluationSettings settings, AlignmentMeter meter, IReadOnlyList<AdapterResult> results)
    {
        uint seed = (uint)settings.SplitSeed!.Value;
        using ItemBootstrap bootstrap = new(settings.Bootstrap!.Value, seed);
        HypothesisTest[] tests = [.. Tests(settings, meter, results, bootstrap)];
        CsvTable.Write(
            Path.Combine(output, "hypotheses.csv"),
            [
                "adapter", "rows", "when", "kernel", "k", "lambda_from", "lambda", "hypothesis", "image_reference",
                "text_reference", "multimodal_reference", "difference", "over", "ci95_low", "ci95_high", "supported", "chance", "seed",
            ],
            [.. tests.Select(Row), .. tests.GroupBy(test => test.Key).SelectMany(seeds => SeedRows([.. seeds], seed))]);
    }

    private static IEnumerable<HypothesisTest> Tests(
        EvaluationSettings settings, AlignmentMeter meter, IReadOnlyList<AdapterResult> results, ItemBootstrap bootstrap) =>
        from row in AdapterTables.Measurements(results)
        let resampled = bootstrap.Scores(row.Measured.Shares)
        from kernel in meter.Kernels
        from k in meter.Ks
        from lambda in Lambdas(settings, row.Measured)
        from isH2 in (bool[])[false, true]
        select HypothesisTest.Of(
            new HypothesisKey(
                row.Result.Adapter, row.Measured.Rows, row.When, kernel, k, lambda.From, isH2, k / (row.Measured.Items - 1.0)),
            row.Result.Seed, lambda.Value, row.Measured, resampled);

    // Fixed, learned, and the best on the training rows: a choice that the other rows have no part in.
    private static IEnumerable<(string From, double Value)> Lambdas(EvaluationSettings settings, AlignmentMeasurement measured)
    {
        (string From, double? Value)[] all =
            [("fixed", settings.Lambda), ("learned", measured.Learned), ("best_on_train", measured.BestOnTrain)];
        return all.Where(lambda => lambda.Value is not null).Select(lambda => (lambda.From, lambda.Value!.Value));
    }

    private static object?[] Row(HypothesisTest test) => Cells(
        test.Key, test.Lambda, test.Scores, test.Difference, "items",
        test.Resampled.Length == 0 ? null : new BootstrapDistribution(test.Difference, test.Resampled).Percentile(Level),
        test.IsSupported, test.Seed);

    private static IEnumerable<object?[]> SeedRows(HypothesisTest[] seeds, uint randomSeed)
    {
        if (seeds.Length < 2)
        {
            yield break;
        }

        double mean = seeds.Average(test => test.Difference);
        double[] scores = [.. Enumerable.Range(0, seeds[0].Scores.Length).Select(i => seeds.Average(test => test.Scores[i]))];
        double variance = seeds.Sum(test => Math.Pow(test.Difference - mean, 2)) / (seeds.Length - 1);
        double reach = StudentT.Quantile((1 + Level) / 2, seeds.Length - 1) * Math.Sqrt(variance / seeds.Length);
        yield return Cells(seeds[0].Key, null, scores, mean, "seeds", new Interval(mean - reach, mean + reach), mean > 0, null);
        if (seeds[0].Resampled.Length > 0)
        {
            Interval both = new BootstrapDistribution(mean, ResampleSeeds(seeds, randomSeed)).Percentile(Level);
            yield return Cells(seeds[0].Key, null, scores, mean, "items and seeds", both, mean > 0, null);
        }
    }

    // The same items are drawn for every seed, as all of them see the same rows; the seeds are drawn anew each time.
    private static double[] ResampleSeeds(HypothesisTest[] seeds, uint randomSeed)
    {
        NumPyRandom random = new(randomSeed);
        return
        [
            .. Enumerable.Range(0, seeds[0].Resampled.Length).Select(b =>
                seeds.Average(_ => seeds[random.NextAtMost(seeds.Length - 1)].Resampled[b])),
        ];
    }

    private static object?[] Cells(
        HypothesisKey key, double? lambda, double[] scores, double difference, string over, Interval? interval, bool supported, long? seed) =>
    [
        key.Adapter, key.Rows, key.When, key.Kernel, key.K, key.LambdaFrom, lambda, key.IsH2 ? "H2" : "H1",
        scores[0], scores[1], scores[2], difference, over, interval?.Low, interval?.High, supported, key.Chance, seed,
    ];
}
