using AlignBench.Reports;
using AlignBench.Statistics;

namespace AlignBench.Experiments;

/// <summary>
/// <c>hypotheses.csv</c>: H1 and H2 for each adapter, set of rows, kernel, k and way to choose lambda, with bootstrap
/// intervals over items (neighbours as they are, items drawn with replacement).
/// </summary>
internal sealed class HypothesisTable(EvaluationSettings settings, AlignmentMeter meter)
{
    private const double Level = 0.95;

    private readonly Dictionary<int, int[][]> _draws = [];

    public void Write(string output, IReadOnlyList<AdapterResult> results) => CsvTable.Write(
        Path.Combine(output, "hypotheses.csv"),
        [
            "adapter", "rows", "when", "kernel", "k", "lambda_from", "lambda", "hypothesis", "image_reference",
            "text_reference", "multimodal_reference", "difference", "ci95_low", "ci95_high", "supported", "chance", "seed",
        ],
        from row in AdapterTables.Measurements(results)
        from kernel in meter.Kernels
        from k in meter.Ks
        from lambda in Lambdas(row.Result, row.When, row.Measured)
        from cells in Rows(row.Measured, kernel, k, lambda.Value)
        select (object?[])
        [
            row.Result.Adapter, row.Measured.Rows, row.When, kernel, k, lambda.From, lambda.Value, .. cells,
            k / (row.Measured.Items - 1.0), row.Result.Seed,
        ]);

    // Fixed, learned, and the best of the sweep on the training rows: the only choice that the other rows don't see.
    private IEnumerable<(string From, double Value)> Lambdas(AdapterResult result, string when, AlignmentMeasurement measured)
    {
        yield return ("fixed", settings.Lambda!.Value);
        if (measured.Learned is double learned)
        {
            yield return ("learned", learned);
        }

        AlignmentMeasurement? train = (when == "before" ? result.Before : result.After).FirstOrDefault(m => m.Rows == "train");
        if (train is not null && settings.LambdaSweep!.Length > 0)
        {
            yield return ("best_on_train", settings.LambdaSweep.MaxBy(lambda => train.Of(
                AlignmentMeter.MainKernel, settings.K!.Value, AlignmentMeter.Multimodal, lambda).Score));
        }
    }

    private IEnumerable<object?[]> Rows(AlignmentMeasurement measured, string kernel, int k, double lambda)
    {
        AlignmentShare image = measured.Of(kernel, k, AlignmentMeter.Image);
        AlignmentShare text = measured.Of(kernel, k, AlignmentMeter.Text);
        AlignmentShare both = measured.Of(kernel, k, AlignmentMeter.Multimodal, lambda);
        double[] images = Resampled(image);
        double[] texts = Resampled(text);
        double[] blends = Resampled(both);
        yield return Row("H1", blends.Select((blend, b) => blend - ((images[b] + texts[b]) / 2)), Hypothesis.H1(image, text, both),
            both.Score - ((image.Score + text.Score) / 2));
        yield return Row("H2", blends.Select((blend, b) => blend - Math.Max(images[b], texts[b])), Hypothesis.H2(image, text, both),
            both.Score - Math.Max(image.Score, text.Score));

        object?[] Row(string name, IEnumerable<double> resampled, bool? supported, double difference)
        {
            double[] values = [.. resampled];
            Interval? interval = values.Length == 0 ? null : new BootstrapDistribution(difference, values).Percentile(Level);
            return
            [
                name, image.Score, text.Score, both.Score, difference, interval?.Low, interval?.High, supported,
            ];
        }
    }

    /// <summary>[B], the score on each resample of the items.</summary>
    private double[] Resampled(AlignmentShare share)
    {
        double most = (double)share.Shared.Length * share.K;
        return [.. Draws(share.Shared.Length).Select(rows => Sum(share.Shared, rows) / most)];
    }

    // The same items for every score on a set of rows, so that differences are of paired resamples.
    private int[][] Draws(int n)
    {
        if (!_draws.TryGetValue(n, out int[][]? draws))
        {
            NumPyRandom random = new((uint)settings.SplitSeed!.Value);
            draws = new int[settings.Bootstrap!.Value][];
            for (int b = 0; b < draws.Length; b++)
            {
                draws[b] = new int[n];
                for (int i = 0; i < n; i++)
                {
                    draws[b][i] = random.NextAtMost(n - 1);
                }
            }

            _draws.Add(n, draws);
        }

        return draws;
    }

    private static long Sum(int[] shared, int[] rows)
    {
        long sum = 0;
        foreach (int row in rows)
        {
            sum += shared[row];
        }

        return sum;
    }
}
