using AlignBench.Features;
using AlignBench.Statistics.Generators;

namespace AlignBench.Similarity;

/// <summary>Scores of every layer of one model with every layer of another.</summary>
/// <param name="Scores">[layers of x, layers of y].</param>
/// <param name="Best">
/// The best score and its layers, x's outer and y's inner, the first of equal ones. As in minyoungg/platonic-rep the
/// search starts at 0: where no score is above, the answer is 0 and no layers.
/// </param>
public sealed record LayerPairs(double[,] Scores, LayerPair Best)
{
    /// <summary>Scores all pairs.</summary>
    /// <param name="x">Layers of the first model, [n, d] each.</param>
    /// <param name="y">Layers of the second, the same items.</param>
    /// <param name="metric">What to compare by.</param>
    /// <param name="preset">How.</param>
    /// <param name="k">Neighbours, where the metric uses them.</param>
    /// <param name="cancellation">Looked at between layers.</param>
    public static LayerPairs Score(
        IReadOnlyList<FeatureMatrix> x,
        IReadOnlyList<FeatureMatrix> y,
        Metric metric,
        SimilarityPreset preset,
        int k,
        CancellationToken cancellation = default)
    {
        (MetricSide[] a, MetricSide[] b) = Sides(x, y, metric, preset, k, cancellation);
        return Of(a, b, MetricSide.Identity(a[0].Rows));
    }

    /// <summary>
    /// The best score against the best scores of random pairings. Each pairing is scored in all layer pairs and its own
    /// maximum taken, so that having searched is part of chance.
    /// </summary>
    /// <inheritdoc cref="Score"/>
    /// <param name="x">Layers of the first model, [n, d] each.</param>
    /// <param name="y">Layers of the second, the same items.</param>
    /// <param name="metric">What to compare by.</param>
    /// <param name="preset">How.</param>
    /// <param name="k">Neighbours, where the metric uses them.</param>
    /// <param name="permutations">1 or more.</param>
    /// <param name="seed">Of <see cref="NumPyRandom"/>.</param>
    /// <param name="cancellation">Looked at between pairings.</param>
    public static (LayerPairs Pairs, SimilarityNull Null) Calibrate(
        IReadOnlyList<FeatureMatrix> x,
        IReadOnlyList<FeatureMatrix> y,
        Metric metric,
        SimilarityPreset preset,
        int k,
        int permutations,
        uint seed,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        (MetricSide[] a, MetricSide[] b) = Sides(x, y, metric, preset, k, cancellation);
        int n = a[0].Rows;
        LayerPairs pairs = Of(a, b, MetricSide.Identity(n));
        NumPyRandom random = new(seed);
        double[] best = new double[permutations];
        for (int i = 0; i < permutations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            best[i] = Of(a, b, random.Permutation(n)).Best.Score;
        }

        return (pairs, new SimilarityNull(pairs.Best.Score, best, metric.Maximum(preset, k)));
    }

    private static (MetricSide[] A, MetricSide[] B) Sides(
        IReadOnlyList<FeatureMatrix> x,
        IReadOnlyList<FeatureMatrix> y,
        Metric metric,
        SimilarityPreset preset,
        int k,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Count, 1);
        FeatureMatrix.ThrowIfNotPaired(x[0], y[0]);
        return (Prepared(x), Prepared(y));

        MetricSide[] Prepared(IReadOnlyList<FeatureMatrix> layers) =>
        [
            .. SimilarityPresets.Prepare(preset, layers)
                .Select(layer => metric.Side(preset, new SideInput(layer, k, null, cancellation))),
        ];
    }

    private static LayerPairs Of(MetricSide[] a, MetricSide[] b, int[] pairing)
    {
        double[,] scores = new double[a.Length, b.Length];
        LayerPair best = new(0.0, null, null);
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                scores[i, j] = a[i].Score(b[j], pairing);
                best = scores[i, j] > best.Score ? new LayerPair(scores[i, j], i, j) : best;
            }
        }

        return new LayerPairs(scores, best);
    }
}

/// <summary>A score and the layers it is of; null where no score was above 0.</summary>
public sealed record LayerPair(double Score, int? X, int? Y);
