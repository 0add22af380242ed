using AlignBench.Features;
using AlignBench.Similarity;
using AlignBench.Similarity.Neighbors;
using AlignBench.Tests.Similarity.Neighbors;

namespace AlignBench.Tests.Similarity;

/// <summary>Scores of neighbour lists, worked out by hand.</summary>
public class KnnMetricsTests
{
    // Unit vectors at 0, 10, 25, 90 degrees; two nearest, by angle:
    //   0: 1 (10), 2 (25)   1: 0 (10), 2 (15)   2: 1 (15), 0 (25)   3: 2 (65), 1 (80)
    private static readonly NeighborLists s_a = NearestNeighbors.Find(Angles(0, 10, 25, 90), 2);

    // At 0, 80, 25, 90:
    //   0: 2 (25), 1 (80)   1: 3 (10), 2 (55)   2: 0 (25), 1 (55)   3: 1 (10), 2 (65)
    private static readonly NeighborLists s_b = NearestNeighbors.Find(Angles(0, 80, 25, 90), 2);

    [Fact]
    public void Find_Angles_GivesTheListsAbove()
    {
        Assert.Equal([1, 2, 0, 2, 1, 0, 2, 1], Enumerable.Range(0, 4).SelectMany(i => s_a.Of(i).ToArray()));
        Assert.Equal([2, 1, 3, 2, 0, 1, 1, 2], Enumerable.Range(0, 4).SelectMany(i => s_b.Of(i).ToArray()));
    }

    // Shared: 0: {1, 2}, 1: {2}, 2: {0, 1}, 3: {1, 2} -> 7 of 8.
    [Fact]
    public void MutualKnn_TwoLists_CountsSharedNeighbors()
    {
        Assert.Equal(7, MutualKnn.Shared(s_a, s_b));
        Assert.Equal(7.0 / 8.0, MutualKnn.Score(s_a, s_b));
        Assert.Equal(2.0 / 3.0, s_a.Chance);
    }

    // i in A(l) for an l in B(i)? 0: A(2) has 0, yes. 1: A(3) = {2, 1}, yes. 2: A(0) = {1, 2}, yes. 3: in no list, no.
    // The other way, i in B(l) for an l in A(i): 0: B(1) = {3, 2} no, B(2) = {0, 1} yes. 1: B(0) = {2, 1} yes.
    // 2: B(1) yes. 3: B(2) no, B(1) = {3, 2} yes.
    [Fact]
    public void CycleKnn_TwoLists_IsNotSymmetric()
    {
        Assert.Equal(0.75, CycleKnn.Score(s_a, s_b));
        Assert.Equal(1.0, CycleKnn.Score(s_b, s_a));
    }

    // 0: [1, 2], [2, 1] -> 1. 1: [0, 2], [3, 2] -> 1. 2: [1, 0], [0, 1] -> 1. 3: [2, 1], [1, 2] -> 1.
    // Edits: 0: 2 (two substitutions). 1: 1. 2: 2. 3: 2 -> 7 / 4 / 2 = .875.
    [Fact]
    public void OrderedLists_SwappedNeighbors_CountLess()
    {
        Assert.Equal(1.0, LcsKnn.MeanLength(s_a, s_b));
        Assert.Equal(0.5, LcsKnn.ShareSide(s_a).Score(LcsKnn.ShareSide(s_b)));
        Assert.Equal(0.125, EditDistanceKnn.Score(s_a, s_b));
        Assert.Equal(2.0, LcsKnn.MeanLength(s_a, s_a));
        Assert.Equal(1.0, EditDistanceKnn.Score(s_b, s_b));
    }

    /// <summary>A permuted pairing is the pairing with permuted rows.</summary>
    [Theory]
    [InlineData("mutual_knn")]
    [InlineData("cycle_knn")]
    [InlineData("lcs_knn")]
    [InlineData("edit_distance_knn")]
    [InlineData("cknna")]
    [InlineData("cka")]
    [InlineData("cka_rbf")]
    [InlineData("unbiased_cka")]
    [InlineData("unbiased_cka_rbf")]
    [InlineData("svcca")]
    [InlineData("rsa")]
    [InlineData("procrustes")]
    public void Score_PermutedPairing_EqualsPermutedRows(string name)
    {
        Metric metric = MetricCatalog.Find(name);
        FeatureMatrix x = NearestNeighborsTests.Random(40, 6, 3, 0.0);
        FeatureMatrix y = NearestNeighborsTests.Random(40, 9, 4, 0.0);
        int[] pairing = [.. Enumerable.Range(0, 40).Select(i => (i * 7 + 3) % 40)];
        MetricSide side = Side(x);

        double permuted = side.Score(Side(y), pairing);

        Assert.Equal(side.Score(Side(y.SelectRows(pairing))), permuted, 1e-12);
        Assert.Equal(side.Score(Side(y)), side.Resample(Side(y), MetricSide.Identity(40)), 1e-12);
        return;

        MetricSide Side(FeatureMatrix rows) => metric.Side(SimilarityPreset.Strict, new SideInput(rows, 5, null, default));
    }

    [Fact]
    public void ItemGroups_EqualRowsOnEitherSide_AreJoined()
    {
        FeatureMatrix x = new(5, 1, [1.0, 2.0, 1.0, 3.0, 4.0]);
        FeatureMatrix y = new(5, 1, [1.0, 2.0, 3.0, 3.0, 5.0]);

        Assert.Equal([0, 1, 0, 0, 2], ItemGroups.OfDuplicates(x, y));
        Assert.Equal([0, 1, 0, 2, 3], ItemGroups.OfDuplicates(x));
        Assert.Equal([0, 0, 1, 1, 1], ItemGroups.Join(5, [7, 7, 8, 9, 9], [1, 2, 3, 3, 4]));
    }

    /// <summary>Layers that share nothing: the best of nine is above chance, and yet no surprise.</summary>
    [Fact]
    public void Calibrate_UnrelatedLayers_AllowsForTheSearch()
    {
        FeatureMatrix[] x = [.. Enumerable.Range(0, 3).Select(layer => NearestNeighborsTests.Random(50, 8, layer, 0.0))];
        FeatureMatrix[] y = [.. Enumerable.Range(0, 3).Select(layer => NearestNeighborsTests.Random(50, 8, 10 + layer, 0.0))];

        (LayerPairs pairs, SimilarityNull chance) = LayerPairs.Calibrate(
            x, y, MetricCatalog.Find("mutual_knn"), SimilarityPreset.Strict, k: 5, permutations: 99, seed: 1);
        (LayerPairs related, SimilarityNull none) = LayerPairs.Calibrate(
            x, [y[0], x[2]], MetricCatalog.Find("mutual_knn"), SimilarityPreset.Strict, k: 5, permutations: 99, seed: 1);

        Assert.True(chance.Mean > 5.0 / 49.0, "the maximum is biased upwards");
        Assert.InRange(chance.PValue, 0.05, 1.0);
        Assert.Equal(pairs.Best.Score, pairs.Scores[pairs.Best.X!.Value, pairs.Best.Y!.Value]);
        Assert.Equal(new LayerPair(1.0, 2, 1), related.Best);
        Assert.Equal(0.01, none.PValue);
        Assert.Equal(1.0, none.Calibrated);
    }

    private static FeatureMatrix Angles(params int[] degrees) => new(
        degrees.Length,
        2,
        [.. degrees.SelectMany(angle => (double[])[3.0 * Math.Cos(angle * Math.PI / 180.0), 3.0 * Math.Sin(angle * Math.PI / 180.0)])]);
}
