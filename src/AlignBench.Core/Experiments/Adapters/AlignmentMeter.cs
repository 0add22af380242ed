using AlignBench.Adapters;
using AlignBench.Features;
using AlignBench.Similarity.Neighbors;

namespace AlignBench.Experiments.Adapters;

/// <summary>How many neighbours an embedding shares with the reference (or image with text), item by item.</summary>
/// <param name="Kernel">cosine or inner_product.</param>
/// <param name="K">Neighbours an item.</param>
/// <param name="What">image, text, multimodal, image_text, or a control's name.</param>
/// <param name="Lambda">Of a blend; else NaN.</param>
/// <param name="Shared">[n].</param>
internal sealed record AlignmentShare(string Kernel, int K, string What, double Lambda, int[] Shared)
{
    public double Score => ReferenceNeighbors.Mean(Shared, K);
}

/// <summary>All that is measured of one embedding on one set of rows.</summary>
/// <param name="Rows">The set's name.</param>
/// <param name="Items">n.</param>
/// <param name="Learned">Lambda, if something learned it.</param>
/// <param name="BestOnTrain">The lambda of the sweep that scores highest on the training rows, if both are measured.</param>
/// <param name="Shares">What was counted.</param>
internal sealed record AlignmentMeasurement(
    string Rows, int Items, double? Learned, double? BestOnTrain, IReadOnlyList<AlignmentShare> Shares)
{
    public AlignmentShare Of(string kernel, int k, string what, double lambda = double.NaN) => Shares.First(
        share => share.Kernel == kernel && share.K == k && share.What == what && share.Lambda.Equals(lambda));
}

/// <summary>Measures embeddings against the reference on every set of rows of a study.</summary>
internal sealed class AlignmentMeter
{
    public const string Image = "image";
    public const string Text = "text";
    public const string Multimodal = "multimodal";
    public const string ImageText = "image_text";

    private readonly EvaluationSettings _settings;
    private readonly int[] _ks;
    private readonly (string Kernel, ReferenceNeighbors Neighbors)[] _references;

    public AlignmentMeter(EvaluationSettings settings, AdapterRows rows, FeatureMatrix reference)
    {
        _settings = settings;
        _ks = [settings.K!.Value, .. settings.KSweep!.Where(k => k != settings.K).Distinct()];
        RowSets = [.. settings.RowSets!.Distinct().Select(rows.Named)];
        _references =
        [
            .. from set in RowSets
               from kernel in Kernels
               select (kernel, new ReferenceNeighbors(
                   set, reference, _ks.Max(), AdapterWords.Of(AdapterWords.Kernels, kernel))),
        ];
    }

    public IReadOnlyList<RowSet> RowSets { get; }

    /// <summary>The main tables' kernel, then the others.</summary>
    public string[] Kernels => [MainKernel, .. _settings.Kernels!.Where(kernel => kernel != MainKernel).Distinct()];

    public IReadOnlyList<int> Ks => _ks;

    public static string MainKernel => "cosine";

    /// <summary>Counts for each set of rows.</summary>
    /// <param name="embed">Both sides of a set's items.</param>
    /// <param name="learned">Lambda, if something learned it.</param>
    public AlignmentMeasurement[] Measure(Func<RowSet, EmbeddingPair> embed, double? learned)
    {
        EmbeddingPair[] pairs = [.. RowSets.Select(embed)];
        double[] lambdas = Distinct([_settings.Lambda, learned, .. _settings.LambdaSweep!.Select(lambda => (double?)lambda)]);
        AlignmentShare[][] main =
        [
            .. RowSets.Zip(pairs, (set, pair) =>
                (AlignmentShare[])[.. Count(set, MainKernel, pair, lambdas), .. CountControls(set, pair)]),
        ];
        double? best = BestOnTrain(main);
        double[] chosen = Distinct([_settings.Lambda, learned, best]);
        return
        [
            .. RowSets.Select((set, i) => new AlignmentMeasurement(
                set.Name, set.Items.Length, learned, best,
                [.. main[i], .. Kernels[1..].SelectMany(kernel => Count(set, kernel, pairs[i], chosen))])),
        ];
    }

    /// <summary>As <see cref="Measure"/>, of features before any adapter, whose widths differ: no blend.</summary>
    public AlignmentMeasurement[] MeasureFrozen(Func<RowSet, EmbeddingPair> features) =>
    [
        .. RowSets.Select(set => new AlignmentMeasurement(
            set.Name, set.Items.Length, null, null, Count(set, MainKernel, features(set), []))),
    ];

    /// <summary>Mutual-kNN with the reference by the main kernel and k; null if the set is not measured.</summary>
    public double? Score(string rows, FeatureMatrix x) => RowSets.Any(set => set.Name == rows)
        ? _references.First(r => r.Kernel == MainKernel && r.Neighbors.Rows.Name == rows).Neighbors.Score(x, _ks[0])
        : null;

    private static double[] Distinct(double?[] lambdas) => [.. lambdas.OfType<double>().Distinct()];

    private double? BestOnTrain(AlignmentShare[][] main)
    {
        int train = RowSets.Select(set => set.Name).ToList().IndexOf("train");
        return train < 0 || _settings.LambdaSweep!.Length == 0
            ? null
            : main[train].Where(share => share.What == Multimodal && share.K == _ks[0]
                && _settings.LambdaSweep.Contains(share.Lambda)).MaxBy(share => share.Score)!.Lambda;
    }

    private IEnumerable<AlignmentShare> CountControls(RowSet set, EmbeddingPair pair)
    {
        ReferenceNeighbors reference = Find(set, MainKernel);
        double lambda = _settings.Lambda!.Value;
        return BlendControls.Names.Select(name => new AlignmentShare(
            MainKernel, _ks[0], name, lambda,
            reference.Shared(reference.Of(BlendControls.Blend(name, pair, lambda, (uint)_settings.SplitSeed!.Value)), _ks[0])));
    }

    private ReferenceNeighbors Find(RowSet set, string kernel) =>
        _references.First(r => r.Kernel == kernel && r.Neighbors.Rows == set).Neighbors;

    private AlignmentShare[] Count(RowSet set, string kernel, EmbeddingPair pair, double[] lambdas)
    {
        ReferenceNeighbors reference = Find(set, kernel);
        NeighborLists image = reference.Of(pair.First);
        NeighborLists text = reference.Of(pair.Second);
        List<(string What, double Lambda, NeighborLists Lists)> spaces = [(Image, double.NaN, image), (Text, double.NaN, text)];
        spaces.AddRange(lambdas.Select(lambda => (Multimodal, lambda, lambda switch
        {
            0 => text,
            1 => image,
            _ => reference.Of(pair.Blend(lambda)),
        })));
        return
        [
            .. from k in _ks
               from share in spaces
                   .Select(space => new AlignmentShare(kernel, k, space.What, space.Lambda, reference.Shared(space.Lists, k)))
                   .Append(new AlignmentShare(kernel, k, ImageText, double.NaN, MutualKnn.SharedByItem(image, text, k)))
               select share,
        ];
    }
}
