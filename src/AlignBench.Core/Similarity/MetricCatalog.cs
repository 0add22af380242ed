using AlignBench.Similarity.Geometry;
using AlignBench.Similarity.KernelAlignment;
using AlignBench.Similarity.Neighbors;

namespace AlignBench.Similarity;

/// <summary>The similarity metrics by name.</summary>
public static class MetricCatalog
{
    private const string PlatonicCode = "minyoungg/platonic-rep, metrics.py";
    private const string Huh = "Huh et al. 2024, arXiv:2405.07987";
    private const string Kornblith = "Kornblith et al. 2019, arXiv:1905.00414";
    private const string Song = "Song et al. 2012, JMLR 13, equation 5";
    private const string Share = "0 ... 1";
    private const string UpToOne = "up to 1, 0 by chance";

    public static IReadOnlyList<Metric> All { get; } =
    [
        new("mutual_knn", "share of the k nearest neighbours that both spaces have", $"{Share}, k/(n-1) by chance", Huh)
        {
            UsesNeighbors = true,
            Strict = input => MutualKnn.Side(input.Neighbors(SimilarityKind.Cosine)),
            Platonic = input => MutualKnn.Side(input.Neighbors(SimilarityKind.InnerProduct)),
        },
        new(
            "cycle_knn",
            "share of items that x's neighbours of y's neighbours lead back to; not symmetric",
            Share,
            PlatonicCode)
        {
            UsesNeighbors = true,
            Strict = input => CycleKnn.Side(input.Neighbors(SimilarityKind.Cosine)),
            Platonic = input => CycleKnn.Side(input.Neighbors(SimilarityKind.InnerProduct)),
        },
        new(
            "lcs_knn",
            "longest common subsequence of the ordered neighbour lists / k (platonic: not divided)",
            Share,
            PlatonicCode)
        {
            UsesNeighbors = true,
            Maximum = (preset, k) => preset == SimilarityPreset.Platonic ? k : 1.0,
            Strict = input => LcsKnn.ShareSide(input.Neighbors(SimilarityKind.Cosine)),
            Platonic = input => LcsKnn.LengthSide(input.Neighbors(SimilarityKind.InnerProduct)),
        },
        new("edit_distance_knn", "1 - edit distance of the ordered neighbour lists / k", Share, PlatonicCode)
        {
            UsesNeighbors = true,
            Strict = input => EditDistanceKnn.Side(input.Neighbors(SimilarityKind.Cosine)),
            Platonic = input => EditDistanceKnn.Side(input.Neighbors(SimilarityKind.InnerProduct)),
        },
        new("cknna", "unbiased CKA over pairs that are neighbours in both spaces", UpToOne, Huh)
        {
            UsesNeighbors = true,
            Strict = input => new CknnaSide(
                RowTransforms.Unit(input.Features), input.Neighbors(SimilarityKind.Cosine), CkaForm.Unbiased),
            Platonic = input => new CknnaSide(
                input.Features, input.Neighbors(SimilarityKind.InnerProduct), CkaForm.PlatonicUnbiased),
        },
        new("cka", "centred kernel alignment, linear kernel", Share, Kornblith)
        {
            Strict = input => Cka.LinearSide(input.Features, CkaForm.Biased),
            Platonic = input => Cka.LinearSide(input.Features, CkaForm.PlatonicBiased),
        },
        new("cka_rbf", "the same, Gaussian kernel of the median distance (platonic: of 1)", Share, Kornblith)
        {
            Strict = input => Cka.MedianRbfSide(input.Features, 1.0, CkaForm.Biased),
            Platonic = input => Cka.RbfSide(input.Features, 1.0, CkaForm.PlatonicBiased),
        },
        new("unbiased_cka", "CKA of the unbiased HSIC, linear kernel", UpToOne, Song)
        {
            Strict = input => Cka.LinearSide(input.Features, CkaForm.Unbiased),
            Platonic = input => Cka.LinearSide(input.Features, CkaForm.PlatonicUnbiased),
        },
        new("unbiased_cka_rbf", "the same, Gaussian kernel of the median distance (platonic: of 1)", UpToOne, Song)
        {
            Strict = input => Cka.MedianRbfSide(input.Features, 1.0, CkaForm.Unbiased),
            Platonic = input => Cka.RbfSide(input.Features, 1.0, CkaForm.PlatonicUnbiased),
        },
        new(
            "svcca",
            "mean canonical correlation of the first 10 principal directions",
            Share,
            "Raghu et al. 2017, arXiv:1706.05806")
        {
            Strict = input => new SvccaSide(input.Features),
            Platonic = input => new SvccaSide(input.Features),
        },
        new(
            "rsa",
            "Spearman correlation of the dissimilarities (1 - Pearson) of all pairs",
            "-1 ... 1",
            "Kriegeskorte et al. 2008")
        {
            Strict = input => new RsaSide(DissimilarityMatrix.Of(input.Features, Dissimilarity.Correlation)),
        },
        new("procrustes", "nuclear norm of Xc'Yc over |Xc| |Yc|: the best rotation's fit", Share, "Schönemann 1966")
        {
            Strict = input => new ProcrustesSide(input.Features),
        },
    ];

    /// <exception cref="ConfigException">No metric has that name.</exception>
    public static Metric Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] names = [.. All.Select(metric => metric.Name)];
        return All.FirstOrDefault(metric => metric.Name == name)
            ?? throw new ConfigException(
                $"unknown metric '{name}'{Suggestion.For(name, names)}; expected {string.Join(", ", names)}");
    }
}
