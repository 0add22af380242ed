using System.Text.Json;
using AlignBench.Adapters;
using AlignBench.Adapters.Training;
using AlignBench.Features;
using AlignBench.Similarity;
using static TorchSharp.torch;

namespace AlignBench.Tests.Adapters;

/// <summary>Neighbours that two modalities share before and after training, counted by the reference.</summary>
public class EvaluationGoldenTests
{
    public static TheoryData<string> Cases =>
    [
        "linear_nobias", "linear_bias", "linear_highlr", "mlp", "mlp_tanh_smooth", "mlp_learned_scale", "lambda_mix",
        "siglip", "three_modalities",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shared_RawAndProjected_IsTheReferencesCount(string name)
    {
        AdapterGolden golden = new(name);
        using AdapterTrainer start = golden.Start(ScalarType.Float64);
        (AdapterTrainer trained, _, _) = golden.Run(ScalarType.Float64);
        using AdapterTrainer end = trained;
        foreach (JsonProperty pair in golden.Neighbors!.Value.EnumerateObject())
        {
            int[] sides = [.. pair.Name.Split('-').Select(side => Array.IndexOf(golden.Modalities, side))];
            foreach (JsonProperty k in pair.Value.EnumerateObject())
            {
                int neighbors = int.Parse(k.Name, System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(
                    k.Value.GetProperty("raw").GetInt64(),
                    Count(neighbors, [.. sides.Select(side => golden.Tensors.Matrix($"x.{golden.Modalities[side]}"))]));
                Assert.Equal(k.Value.GetProperty("projected_start").GetInt64(), Count(neighbors, Project(start, sides)));
                Assert.Equal(k.Value.GetProperty("projected_end").GetInt64(), Count(neighbors, Project(end, sides)));
            }
        }
    }

    private static long Count(int k, FeatureMatrix[] sides)
    {
        RowSet all = new("all", [.. Enumerable.Range(0, sides[0].Rows)]);
        ReferenceNeighbors reference = new(all, sides[0], k, SimilarityKind.Cosine);
        int[] shared = reference.Shared(reference.Of(sides[1]), k);
        Assert.Equal(ReferenceNeighbors.Mean(shared, k), reference.Score(sides[1], k));
        return shared.Sum();
    }

    private static FeatureMatrix[] Project(AdapterTrainer trainer, int[] sides)
    {
        using Tensor all = arange(128);
        Tensor[] projected = trainer.Project(all);
        return
        [
            .. sides.Select(side => new FeatureMatrix(
                128, (int)projected[side].shape[1], AdapterGolden.Numbers(projected[side]))),
        ];
    }
}
