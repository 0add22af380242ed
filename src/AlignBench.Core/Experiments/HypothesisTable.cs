using AlignBench.Reports;
using AlignBench.Statistics;

namespace AlignBench.Experiments;

/// <summary>
/// <c>hypotheses.csv</c>: H1 and H2 for each adapter, set of rows, kernel, k and way to choose lambda, with bootstrap
/// intervals over items (neighbours as they are, items drawn with replacement).
/// </summary>
internal static class HypothesisTable
{
    private const double Level = 0.95;

    public static void Write(
        string output, EvaluationSettings settings, AlignmentMeter meter, IReadOnlyList<AdapterResult> results)
    {
        using ItemBootstrap bootstrap = new(settings.Bootstrap!.Value, (uint)settings.SplitSeed!.Value);
        CsvTable.Write(
            Path.Combine(output, "hypotheses.csv"),
            [
                "adapter", "rows", "when", "kernel", "k", "lambda_from", "lambda", "hypothesis", "image_reference",
                "text_reference", "multimodal_reference", "difference", "ci95_low", "ci95_high", "supported", "chance", "seed",
            ],
            from row in AdapterTables.Measurements(results)
            let resampled = bootstrap.Scores(row.Measured.Shares)
            from kernel in meter.Kernels
            from k in meter.Ks
            from lambda in Lambdas(settings, row.Measured)
            from cells in Rows(row.Measured, resampled, kernel, k, lambda.Value)
            select (object?[])
            [
                row.Result.Adapter, row.Measured.Rows, row.When, kernel, k, lambda.From, lambda.Value, .. cells,
                k / (row.Measured.Items - 1.0), row.Result.Seed,
            ]);
    }

    // Fixed, learned, and the best on the training rows: a choice that the other rows have no part in.
    private static IEnumerable<(string From, double Value)> Lambdas(EvaluationSettings settings, AlignmentMeasurement measured)
    {
        (string From, double? Value)[] all =
            [("fixed", settings.Lambda), ("learned", measured.Learned), ("best_on_train", measured.BestOnTrain)];
        return all.Where(lambda => lambda.Value is not null).Select(lambda => (lambda.From, lambda.Value!.Value));
    }

    private static IEnumerable<object?[]> Rows(
        AlignmentMeasurement measured,
        IReadOnlyDictionary<AlignmentShare, double[]> resampled,
        string kernel,
        int k,
        double lambda)
    {
        AlignmentShare image = measured.Of(kernel, k, AlignmentMeter.Image);
        AlignmentShare text = measured.Of(kernel, k, AlignmentMeter.Text);
        AlignmentShare both = measured.Of(kernel, k, AlignmentMeter.Multimodal, lambda);
        yield return Row("H1", Hypothesis.H1(image, text, both), (i, t, m) => m - ((i + t) / 2));
        yield return Row("H2", Hypothesis.H2(image, text, both), (i, t, m) => m - Math.Max(i, t));

        object?[] Row(string name, bool? supported, Func<double, double, double, double> difference)
        {
            double observed = difference(image.Score, text.Score, both.Score);
            double[] values =
            [
                .. resampled[both].Select((blend, b) => difference(resampled[image][b], resampled[text][b], blend)),
            ];
            Interval? interval = values.Length == 0 ? null : new BootstrapDistribution(observed, values).Percentile(Level);
            return [name, image.Score, text.Score, both.Score, observed, interval?.Low, interval?.High, supported];
        }
    }
}
