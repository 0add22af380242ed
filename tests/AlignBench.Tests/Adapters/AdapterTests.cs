using AlignBench.Adapters;
using AlignBench.Adapters.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Adapters;

public class AdapterTests
{
    // Hidden units 1, 3: LayerNorm makes them -1, 1 (mean 2, deviation 1), whose GELUs are -0.158655 and 0.841345.
    // The other order: GELU(1) = 0.841345, GELU(3) = 2.995950; LayerNorm makes them -1 and 1.
    [Theory]
    [InlineData(AdapterKind.MlpNormGelu, -0.158655254, 0.841344746)]
    [InlineData(AdapterKind.MlpGeluNorm, -1.0, 1.0)]
    public void Forward_OfEachOrder_IsWhatIsWorkedOutByHand(AdapterKind kind, double first, double second)
    {
        using DisposeScope scope = NewDisposeScope();
        AdapterShape shape = new(kind, Inputs: 1, Outputs: 2) { Hidden = 2 };
        Adapter adapter = new("a", shape, new Dictionary<string, Tensor>
        {
            ["fc1.weight"] = tensor(new[] { 1.0, 3.0 }, [2, 1]),
            ["fc1.bias"] = zeros([2], ScalarType.Float64),
            ["norm.weight"] = ones([2], ScalarType.Float64),
            ["norm.bias"] = zeros([2], ScalarType.Float64),
            ["fc2.weight"] = eye(2, dtype: ScalarType.Float64),
            ["fc2.bias"] = zeros([2], ScalarType.Float64),
        });

        Tensor y = adapter.Forward(ones([1, 1], ScalarType.Float64), dropout: null);

        // LayerNorm's epsilon, 1e-5 beside a variance of 1 (or 1.16), moves the values by 5e-6.
        AdapterGolden.Near([first, second], AdapterGolden.Numbers(y), 1e-5, "outputs");
    }

    [Fact]
    public void Forward_WithDropout_KeepsTheMeanAndIsTheGenerators()
    {
        AdapterShape shape = new(AdapterKind.MlpGeluNorm, Inputs: 8, Outputs: 4) { Hidden = 64, Dropout = 0.5 };
        using Generator random = new(seed: 1);
        using ParameterArena arena = new([.. Adapter.SpecsOf("a", shape)], WeightDecay.All, ScalarType.Float64, random);
        Adapter adapter = new("a", shape, arena);
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn([1, 8], ScalarType.Float64).repeat(20000, 1);
        Tensor plain = adapter.Forward(x.narrow(0, 0, 1), dropout: null);

        using Generator one = new(seed: 7);
        using Generator other = new(seed: 7);
        Tensor dropped = adapter.Forward(x, one);

        Assert.Equal(AdapterGolden.Numbers(dropped), AdapterGolden.Numbers(adapter.Forward(x, other)));
        Assert.NotEqual(AdapterGolden.Numbers(dropped[0]), AdapterGolden.Numbers(dropped[1]));
        // 64 units of size 1 with weights up to 1/8: a standard error of about .5 / sqrt(20000).
        AdapterGolden.Near(AdapterGolden.Numbers(plain), AdapterGolden.Numbers(dropped.mean([0])), 0.03, "mean over masks");
    }

    [Fact]
    public void FirstWeights_AreUniformWithinTheInverseRootOfTheInputs()
    {
        AdapterShape shape = new(AdapterKind.Linear, Inputs: 100, Outputs: 50);
        using Generator random = new(seed: 3);
        using ParameterArena arena = new([.. Adapter.SpecsOf("a", shape)], WeightDecay.All, ScalarType.Float64, random);

        double[] weights = AdapterGolden.Numbers(arena["a.weight"]);

        Assert.InRange(weights.Max(Math.Abs), 0.0999, 0.1);
        Assert.InRange(weights.Average(), -0.003, 0.003);
        Assert.InRange(weights.Average(w => w * w), 0.0032, 0.0035);     // reach² / 3
    }
}
