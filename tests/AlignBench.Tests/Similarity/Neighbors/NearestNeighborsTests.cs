using System.Text.Json;
using AlignBench.Features;
using AlignBench.Similarity;
using AlignBench.Similarity.Neighbors;

namespace AlignBench.Tests.Similarity.Neighbors;

public class NearestNeighborsTests
{
    public static TheoryData<string, int> TieCases => Cases("knn_ties", "knn_ties_heavy");

    public static TheoryData<string, int> FormulaCases => Cases("knn_formula_400", "knn_formula_3000");

    /// <summary>Lists in order, decided in exact arithmetic by the reference.</summary>
    [Theory]
    [MemberData(nameof(TieCases))]
    public void Find_RowsThatTie_GoesByLowerIndex(string file, int index)
    {
        MetricGolden golden = new(file);
        JsonElement wanted = golden.Json.GetProperty("cases")[index];
        string key = wanted.GetProperty("key").GetString()!;
        int[]? groups = wanted.GetProperty("groups").GetBoolean() ? golden.Integers("groups") : null;
        int k = wanted.GetProperty("k").GetInt32();
        NeighborLists a = NearestNeighbors.Find(golden.Tensors.Matrix("A"), k, Kind(wanted), groups);
        NeighborLists b = NearestNeighbors.Find(golden.Tensors.Matrix("B"), k, Kind(wanted), groups);

        for (int i = 0; i < a.Rows; i++)
        {
            Assert.Equal(golden.Tensors.Row($"{key}.A", i).Select(value => (int)value), a.Of(i).ToArray());
            Assert.Equal(golden.Tensors.Row($"{key}.B", i).Select(value => (int)value), b.Of(i).ToArray());
        }

        Check(wanted, a, b);
    }

    [Theory]
    [MemberData(nameof(FormulaCases))]
    public void Find_GeneratedIntegers_SharesAsManyAsTheReference(string file, int index)
    {
        JsonElement json = Statistics.GoldenJson.Load("metrics", file + ".json");
        JsonElement wanted = json.GetProperty("results")[index];
        (int n, int d) = (json.GetProperty("n").GetInt32(), json.GetProperty("d").GetInt32());
        int groupSize = json.GetProperty("group_size").GetInt32();
        int[]? groups = wanted.GetProperty("groups").GetBoolean()
            ? [.. Enumerable.Range(0, n).Select(i => i / groupSize)]
            : null;
        int k = wanted.GetProperty("k").GetInt32();
        FeatureMatrix x = FormulaData.Matrix(n, d, stream: 2);
        Assert.Equal(json.GetProperty("sum_A").GetInt64(), (long)x.Values.Sum());

        NeighborLists a = NearestNeighbors.Find(x, k, Kind(wanted), groups);
        NeighborLists b = NearestNeighbors.Find(FormulaData.Matrix(n, d, stream: 3), k, Kind(wanted), groups);

        Check(wanted, a, b);
    }

    public static TheoryData<SimilarityKind, NeighborEngine> Searches
    {
        get
        {
            TheoryData<SimilarityKind, NeighborEngine> searches = [];
            foreach (SimilarityKind kind in Enum.GetValues<SimilarityKind>())
            {
                foreach (NeighborEngine engine in Enum.GetValues<NeighborEngine>())
                {
                    searches.Add(kind, engine);
                }
            }

            return searches;
        }
    }

    /// <summary>Against a slow search of all pairs, over block borders and with rows of very different length.</summary>
    [Theory]
    [MemberData(nameof(Searches))]
    public void Find_OverSeveralBlocks_EqualsTheSlowSearch(SimilarityKind kind, NeighborEngine engine)
    {
        const int n = 1100;
        FeatureMatrix x = Random(n, 7, seed: 5, offset: 30.0);
        NeighborLists found = NearestNeighbors.Find(x, 6, kind, engine: engine);
        for (int i = 0; i < n; i += 7)
        {
            (double Near, int Index)[] all = Slow(x, i, 6, kind, groups: null);
            Assert.Equal(all.Select(pair => pair.Index), found.Of(i).ToArray());
            Assert.All(all.Zip(found.SimilaritiesOf(i).ToArray()), pair =>
                Assert.Equal(pair.First.Near, pair.Second, 1e-11 * Math.Max(1.0, Math.Abs(pair.First.Near))));
        }
    }

    /// <summary>Small whole numbers tie often, also with rows that repeat others; groups of three are excluded.</summary>
    [Theory]
    [MemberData(nameof(Searches))]
    public void Find_TiesAndGroupsAtOddSizes_EqualsTheSlowSearch(SimilarityKind kind, NeighborEngine engine)
    {
        foreach ((int n, int d, int k) in new[] { (5, 1, 2), (47, 3, 5), (49, 33, 46), (97, 2, 7), (501, 5, 30) })
        {
            Random random = new(n);
            double[] values = [.. Enumerable.Range(0, n * d).Select(_ => (double)random.Next(-2, 3))];
            values.AsSpan(0, d).CopyTo(values.AsSpan((n - 1) * d));
            FeatureMatrix x = new(n, d, values);
            int[] groups = [.. Enumerable.Range(0, n).Select(i => i / 3)];
            NeighborLists found = NearestNeighbors.Find(x, k, kind, groups, engine);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(Slow(x, i, k, kind, groups).Select(pair => pair.Index), found.Of(i).ToArray());
            }
        }
    }

    /// <summary>
    /// Rows so much alike that bfloat16 tells none apart: the search is done in float32, with the same answer.
    /// </summary>
    [Fact]
    public void Find_RowsAlikeToBFloat16_EqualsTheOtherEngine()
    {
        FeatureMatrix x = Random(3000, 16, seed: 2, offset: 2000.0);

        NeighborLists wanted = NearestNeighbors.Find(x, 10, engine: NeighborEngine.Blas);
        NeighborLists found = NearestNeighbors.Find(x, 10, engine: NeighborEngine.Bf16Kernel);

        for (int i = 0; i < x.Rows; i++)
        {
            Assert.Equal(wanted.Of(i).ToArray(), found.Of(i).ToArray());
            Assert.Equal(wanted.SimilaritiesOf(i).ToArray(), found.SimilaritiesOf(i).ToArray());
        }
    }

    /// <summary>All rows tie with all: more candidates than a row keeps.</summary>
    [Fact]
    public void Find_EqualRows_GivesTheLowestIndices()
    {
        FeatureMatrix x = new(1300, 3, [.. Enumerable.Range(0, 3900).Select(i => 1.0 + (i % 3))]);

        NeighborLists found = NearestNeighbors.Find(x, 3);

        Assert.Equal([1, 2, 3], found.Of(0).ToArray());
        Assert.Equal([0, 1, 3], found.Of(2).ToArray());
        Assert.Equal([0, 1, 2], found.Of(1299).ToArray());
        Assert.Equal(1.0, found.SimilaritiesOf(7)[2]);
    }

    [Fact]
    public void Find_KOfAllOthers_SharesEverything()
    {
        NeighborLists a = NearestNeighbors.Find(Random(20, 4, 1, 0.0), 19);
        NeighborLists b = NearestNeighbors.Find(Random(20, 5, 2, 0.0), 19);

        Assert.Equal(1.0, MutualKnn.Score(a, b));
        Assert.Equal(1.0, a.Chance);
    }

    [Fact]
    public void Find_TooFewCandidates_Throws()
    {
        FeatureMatrix x = Random(6, 2, 1, 0.0);

        Assert.Throws<ArgumentException>(() => NearestNeighbors.Find(x, 6));
        Assert.ThrowsAny<ArgumentException>(() => NearestNeighbors.Find(x, 0));
        Assert.Throws<ArgumentException>(() => NearestNeighbors.Find(x, 3, groups: [0, 0, 0, 0, 1, 2]));
        Assert.Throws<ArgumentException>(() => NearestNeighbors.Find(x, 1, groups: [0, 1]));
        x.Values[3] = double.NaN;
        Assert.Throws<ArgumentException>(() => NearestNeighbors.Find(x, 2));
    }

    internal static FeatureMatrix Random(int n, int d, int seed, double offset)
    {
        Random random = new(seed);
        return new FeatureMatrix(
            n, d, [.. Enumerable.Range(0, n * d).Select(_ => offset + Math.Exp(3.0 * random.NextDouble()) - random.NextDouble())]);
    }

    private static (double Near, int Index)[] Slow(FeatureMatrix x, int i, int k, SimilarityKind kind, int[]? groups) =>
    [
        .. Enumerable.Range(0, x.Rows).Where(j => j != i && (groups is null || groups[j] != groups[i]))
            .Select(j => (Near(x, i, j, kind), j))
            .OrderByDescending(pair => pair.Item1).ThenBy(pair => pair.j).Take(k),
    ];

    private static double Near(FeatureMatrix x, int i, int j, SimilarityKind kind)
    {
        double product = 0.0;
        double squares = 0.0;
        double ofI = 0.0;
        double ofJ = 0.0;
        for (int c = 0; c < x.Columns; c++)
        {
            (double a, double b) = (x.Row(i)[c], x.Row(j)[c]);
            product += a * b;
            squares += (a - b) * (a - b);
            ofI += a * a;
            ofJ += b * b;
        }

        return kind switch
        {
            SimilarityKind.Cosine => ofI * ofJ > 0.0 ? Math.Round(product / Math.Sqrt(ofI * ofJ), 12) : 0.0,
            SimilarityKind.InnerProduct => product,
            _ => -squares,
        };
    }

    private static void Check(JsonElement wanted, NeighborLists a, NeighborLists b)
    {
        Assert.Equal(wanted.GetProperty("intersections").GetInt64(), MutualKnn.Shared(a, b));
        Assert.Equal(wanted.GetProperty("score").GetDouble(), MutualKnn.Score(a, b), 1e-15);
        Assert.Equal(wanted.GetProperty("chance").GetDouble(), a.Chance, 1e-15);
    }

    private static SimilarityKind Kind(JsonElement wanted) => wanted.GetProperty("kind").GetString() switch
    {
        "cosine" => SimilarityKind.Cosine,
        "dot" => SimilarityKind.InnerProduct,
        _ => SimilarityKind.Euclidean,
    };

    private static TheoryData<string, int> Cases(params string[] files)
    {
        TheoryData<string, int> cases = [];
        foreach (string file in files)
        {
            JsonElement json = Statistics.GoldenJson.Load("metrics", file + ".json");
            int count = json.GetProperty(file.Contains("ties", StringComparison.Ordinal) ? "cases" : "results").GetArrayLength();
            for (int i = 0; i < count; i++)
            {
                cases.Add(file, i);
            }
        }

        return cases;
    }
}
