using AlignBench.Adapters;
using AlignBench.Features;
using AlignBench.Similarity;

namespace AlignBench.Experiments;

/// <summary>How many neighbours an embedding shares with the reference (or image with text), item by item.</summary>
/// <param name="Kernel">cosine or inner_product.</param>
/// <param name="K">Neighbours an item.</param>
/// <param name="What">image, text, multimodal or image_text.</param>
/// <param name="Lambda">Of multimodal; else NaN.</param>
/// <param name="Shared">[n].</param>
internal sealed record AlignmentShare(string Kernel, int K, string What, double Lambda, int[] Shared)
{
    public double Score => ReferenceNeighbors.Mean(Shared, K);
}

/// <summary>All that is measured of one embedding on one set of rows.</summary>
/// <param name="Rows">The set's name.</param>
/// <param name="Items">n.</param>
/// <param name="Learned">Lambda, if something learned it.</param>
/// <param name="Shares">What was counted.</param>
internal sealed record AlignmentMeasurement(
    string Rows, int Items, double? Learned, IReadOnlyList<AlignmentShare> Shares)
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
    public AlignmentMeasurement[] Measure(Func<RowSet, EmbeddingPair> embed, double? learned) =>
    [
        .. RowSets.Select(set =>
        {
            EmbeddingPair pair = embed(set);
            return new AlignmentMeasurement(
                set.Name, set.Items.Length, learned,
                [.. Kernels.SelectMany(kernel => Count(Find(set, kernel), kernel, pair, Lambdas(learned)))]);
        }),
    ];

    /// <summary>As <see cref="Measure"/>, of features before any adapter, whose widths differ: no blend.</summary>
    public AlignmentMeasurement[] MeasureFrozen(Func<RowSet, EmbeddingPair> features) =>
    [
        .. RowSets.Select(set => new AlignmentMeasurement(
            set.Name, set.Items.Length, null, [.. Count(Find(set, MainKernel), MainKernel, features(set), [])])),
    ];

    /// <summary>Mutual-kNN with the reference by the main kernel and k; null if the set is not measured.</summary>
    public double? Score(string rows, FeatureMatrix x) => RowSets.Any(set => set.Name == rows)
        ? _references.First(r => r.Kernel == MainKernel && r.Neighbors.Rows.Name == rows).Neighbors.Score(x, _ks[0])
        : null;

    // Fixed, swept and learned.
    private double[] Lambdas(double? learned) =>
        [.. _settings.LambdaSweep!.Append(_settings.Lambda!.Value).Concat(learned is double own ? [own] : []).Distinct()];

    private ReferenceNeighbors Find(RowSet set, string kernel) =>
        _references.First(r => r.Kernel == kernel && r.Neighbors.Rows == set).Neighbors;

    private IEnumerable<AlignmentShare> Count(
        ReferenceNeighbors reference, string kernel, EmbeddingPair pair, double[] lambdas)
    {
        NeighborLists image = reference.Of(pair.First);
        NeighborLists text = reference.Of(pair.Second);
        List<(string What, double Lambda, NeighborLists Lists)> spaces = [(Image, double.NaN, image), (Text, double.NaN, text)];
        spaces.AddRange(lambdas.Select(lambda => (Multimodal, lambda, lambda switch
        {
            0 => text,
            1 => image,
            _ => reference.Of(pair.Blend(lambda)),
        })));
        return from k in _ks
               from share in spaces
                   .Select(space => new AlignmentShare(kernel, k, space.What, space.Lambda, reference.Shared(space.Lists, k)))
                   .Append(new AlignmentShare(kernel, k, ImageText, double.NaN, ReferenceNeighbors.Shared(image, text, k)))
               select share;
    }
}
