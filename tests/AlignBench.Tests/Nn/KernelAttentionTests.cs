using AlignBench.Nn;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using AlignBench.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Nn;

/// <summary>Self-attention on the CPU's kernel and on operators, under every pattern.</summary>
public class KernelAttentionTests
{
    /// <summary>Of the largest magnitude; sums of up to 60 products in another order.</summary>
    private const double Tolerance = 3e-6;

    private const int Length = 37;
    private const int Width = 24;

    private static readonly int[] s_lengths = [1, 9, 9, 2, 12];

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(true, 5)]
    public void Forward_PlainBatch_IsTheOperators(bool causal, int? window) =>
        AssertAgree(new AttentionPattern { Causal = causal, Window = window });

    [Fact]
    public void Forward_GroupedQueries_IsTheOperators() =>
        AssertAgree(AttentionPattern.Everything, keyHeads: 2);

    [Fact]
    public void Forward_Slopes_IsTheOperators() =>
        AssertAgree(new AttentionPattern { Causal = true, Slopes = Alibi.Slopes(4) });

    [Fact]
    public void Forward_Distances_IsTheOperators()
    {
        using WeightReader weights = new(new RandomWeights(("weight", [8, 4])));
        AssertAgree(new AttentionPattern { Distances = new RelativeBias(weights, 8, heads: 4, farthest: 20) });
    }

    [Fact]
    public void Forward_MaskedBatch_IsTheOperators()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mask = ones([2, Length], ScalarType.Int64);
        mask.narrow(0, 1, 1).narrow(1, 30, 7).zero_();
        AssertAgree(new AttentionPattern { Mask = mask });
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Forward_Rotation_IsTheOperators(int rotated)
    {
        using DisposeScope scope = NewDisposeScope();
        Rotary rotary = new(rotated, theta: 100);
        AttentionPattern causal = new() { Causal = true };
        Tensor shared = arange(Length, ScalarType.Int64).unsqueeze(0);
        AssertAgree(causal, angles: rotary.At(shared));
        AssertAgree(causal, angles: rotary.At(cat([shared, shared.add(7)])));
    }

    [Fact]
    public void Forward_PackedTexts_IsTheOperators()
    {
        using DisposeScope scope = NewDisposeScope();
        using WeightReader weights = new(new RandomWeights(("weight", [8, 4])));
        Packing packing = new(s_lengths, rows: Length);
        long[] positions =
        [
            .. s_lengths.SelectMany(n => Enumerable.Range(0, n)).Select(i => (long)i),
            .. new long[Length - packing.Tokens],
        ];
        RotaryAngles angles = new Rotary(6, theta: 100).At(tensor(positions, [1, Length]));
        RelativeBias distances = new(weights, 8, heads: 4, farthest: 20);

        AssertAgree(new AttentionPattern { Packing = packing }, batch: 1);
        AssertAgree(new AttentionPattern { Packing = packing, Causal = true, Window = 4 }, angles, batch: 1);
        AssertAgree(new AttentionPattern { Packing = packing, Slopes = Alibi.Slopes(4) }, batch: 1);
        AssertAgree(new AttentionPattern { Packing = packing, Distances = distances }, batch: 1);
    }

    [Fact]
    public void Forward_FirstQueries_AreTheFirstOfAll()
    {
        using DisposeScope scope = NewDisposeScope();
        using WeightReader weights = new(Weights(keyHeads: 4));
        SelfAttention attention = Attention(weights, keyHeads: 4);
        Tensor x = Values(2, 2, Length, Width);

        Tensor first = attention.Forward(x, AttentionPattern.Everything, queries: 1);

        Tensor all = attention.Forward(x, AttentionPattern.Everything);
        GoldenFile.AssertClose(all.narrow(1, 0, 1), first, 1e-6, "first query");
        AssertAgree(AttentionPattern.Everything, queries: 3);
    }

    [Fact]
    public void Forward_FunctionsOfQueriesAndKeys_IsTheOperators() =>
        AssertAgree(AttentionPattern.Everything, hooks: true, keyHeads: 2);

    private static RandomWeights Weights(int keyHeads) => new(
        ("in.weight", [(4 + (2 * keyHeads)) * 6, Width]),
        ("in.bias", [(4 + (2 * keyHeads)) * 6]),
        ("out.weight", [Width, Width]),
        ("out.bias", [Width]));

    private static SelfAttention Attention(WeightReader weights, int keyHeads, bool hooks = false) => new(
        new Linear(weights.Under("in"), Width, (4 + (2 * keyHeads)) * 6),
        new Linear(weights.Under("out"), Width, Width),
        new AttentionShape(4, keyHeads, 6))
    {
        OnProjection = hooks ? x => x.clamp(-1.5, 1.5) : null,
        OnQueries = hooks ? x => x * 0.5 : null,
        OnKeys = hooks ? x => x + 1 : null,
    };

    private static void AssertAgree(
        AttentionPattern pattern,
        RotaryAngles? angles = null,
        long? queries = null,
        bool hooks = false,
        int keyHeads = 4,
        int batch = 2)
    {
        using DisposeScope scope = NewDisposeScope();
        using WeightReader withKernels = new(Weights(keyHeads));
        using WeightReader withOperators = new(Weights(keyHeads), engine: Engine.Operators);
        Tensor x = Values(2, batch, Length, Width);
        Tensor residual = Values(3, batch, queries ?? Length, Width);

        Tensor actual = Attention(withKernels, keyHeads, hooks).Forward(x, pattern, angles, queries, residual);

        Tensor expected = Attention(withOperators, keyHeads, hooks)
            .Forward(x, pattern, angles, queries, residual);
        GoldenFile.AssertCloseToScale(expected, actual, Tolerance, "kernels against operators");
    }

    private static Tensor Values(int seed, params long[] shape) =>
        tensor(RandomWeights.Numbers(seed, shape.Aggregate((a, b) => a * b)), shape);
}
