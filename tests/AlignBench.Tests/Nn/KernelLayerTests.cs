using AlignBench.Interop.Kernels;
using AlignBench.Nn;
using AlignBench.Nn.Convolutions;
using AlignBench.Nn.Weights;
using AlignBench.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Nn;

/// <summary>Each layer on the CPU's kernels and on operators: the same up to rounding.</summary>
public class KernelLayerTests
{
    /// <summary>Of the largest magnitude; sums of up to 200 products in another order.</summary>
    private const double Tolerance = 3e-6;

    [Fact]
    public void Kernels_AreThere() => Assert.True(CpuKernels.IsAvailable);

    [Theory]
    [InlineData(1, 7, 5)]
    [InlineData(300, 64, 192)]
    [InlineData(17, 200, 33)]
    public void Linear_WithAndWithoutResidual_IsTheOperators(int rows, int inputs, int outputs)
    {
        RandomWeights stored = new(("weight", [outputs, inputs]), ("bias", [outputs]));
        Tensor residual = Values(3, 2, rows, outputs);
        AssertAgree(
            stored,
            Values(1, 2, rows, inputs),
            weights =>
            {
                Linear linear = new(weights, inputs, outputs);
                return x => cat([linear.Forward(x), linear.Forward(x, residual)]);
            });
    }

    [Fact]
    public void Linear_StridedInputWithoutBias_IsTheOperators() => AssertAgree(
        new RandomWeights(("weight", [5, 6])),
        Values(1, 2, 6, 9).transpose(1, 2),
        weights =>
        {
            Linear linear = new(weights, 6, 5, bias: false);
            return x => linear.Forward(x);
        });

    [Fact]
    public void Linear_Scaled_IsTheOperators()
    {
        Tensor scale = Values(4, 5);
        AssertAgree(
            new RandomWeights(("weight", [5, 6]), ("bias", [5])),
            Values(1, 2, 9, 6),
            weights =>
            {
                Linear linear = Linear.Scaled(weights, 6, scale);
                return x => linear.Forward(x);
            });
    }

    [Fact]
    public void Linear_InputThatWantsAGradient_IsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        using WeightReader weights = new(new RandomWeights(("weight", [5, 6])));
        Linear linear = new(weights, 6, 5, bias: false);

        ArgumentException e = Assert.Throws<ArgumentException>(
            () => linear.Forward(Values(1, 2, 6).requires_grad_()));
        Assert.Contains("gradient", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gelu", false)]
    [InlineData("gelu_new", false)]
    [InlineData("quick_gelu", false)]
    [InlineData("relu", false)]
    [InlineData("tanh", false)]
    [InlineData("silu", true)]
    [InlineData("gelu", true)]
    [InlineData("tanh", true)]
    public void Mlp_EveryActivation_IsTheOperators(string name, bool gated)
    {
        Tensor residual = Values(3, 2, 150, 24);
        AssertAgree(
            new RandomWeights(
                ("up.weight", [gated ? 96 : 48, 24]), ("up.bias", [gated ? 96 : 48]),
                ("down.weight", [24, 48]), ("down.bias", [24])),
            Values(1, 2, 150, 24),
            weights =>
            {
                Linear up = new(weights.Under("up"), 24, gated ? 96 : 48);
                Linear down = new(weights.Under("down"), 48, 24);
                Activation activation = Activations.ByName(name);
                IFeedForward mlp = gated ? new GatedMlp(up, activation, down) : new Mlp(up, activation, down);
                return x => cat([mlp.Forward(x), mlp.Forward(x, residual)]);
            });
    }

    [Theory]
    [InlineData(3)]
    [InlineData(48)]
    [InlineData(101)]
    public void Norms_AreTheOperators(int width)
    {
        RandomWeights stored = new(("weight", [width]), ("bias", [width]));
        Tensor x = Values(1, 3, 4, width) + 2;
        AssertAgree(stored, x, weights => new LayerNorm(weights, width, 1e-5).Forward);
        AssertAgree(stored, x, weights => new LayerNorm(width, 1e-5, weights.UsesKernels).Forward);
        AssertAgree(stored, x, weights => new RmsNorm(weights, width, 1e-6).Forward);
        AssertAgree(stored, x, weights => new RmsNorm(weights, width, 1e-6, addOne: true).Forward);
    }

    [Fact]
    public void PatchEmbedding_ImageWithARest_IsTheOperators() => AssertAgree(
        new RandomWeights(("weight", [10, 3, 4, 4]), ("bias", [10])),
        Values(1, 2, 3, 14, 9),
        weights =>
        {
            PatchEmbedding patches = new(weights, channels: 3, width: 10, side: 4, bias: true);
            return x => patches.Forward(x, out _, out _);
        });

    [Theory]
    [InlineData(3, 8, 7, 2, 3, 1)]
    [InlineData(8, 8, 3, 1, 1, 8)]
    [InlineData(6, 4, 1, 1, 0, 1)]
    [InlineData(6, 4, 3, 2, 0, 2)]
    public void Convolution_EveryFinish_IsTheOperators(
        int inputs, int outputs, int kernel, int stride, int padding, int groups)
    {
        ConvolutionShape shape = new(inputs, outputs, kernel, stride, padding, groups);
        RandomWeights stored = new(
            ("weight", [outputs, inputs / groups, kernel, kernel]), ("bias", [outputs]));
        Tensor x = Values(1, 2, inputs, 15, 12);
        foreach (Activation? activation in
            new Activation?[] { null, Activations.Relu, Activations.Relu6, Activations.Gelu, Activations.ByName("tanh") })
        {
            AssertAgree(stored, x, weights =>
            {
                Convolution layer = new(weights, shape);
                return input =>
                {
                    Tensor plain = layer.Forward(input, activation);
                    return layer.Forward(input, activation, residual: plain);
                };
            });
        }
    }

    private static Tensor Values(int seed, params long[] shape) =>
        tensor(RandomWeights.Numbers(seed, shape.Aggregate((a, b) => a * b)), shape);

    private static void AssertAgree(
        RandomWeights stored, Tensor x, Func<WeightReader, Func<Tensor, Tensor>> create)
    {
        using DisposeScope scope = NewDisposeScope();
        using WeightReader withKernels = new(stored);
        using WeightReader withOperators = new(stored, engine: Engine.Operators);
        GoldenFile.AssertCloseToScale(
            create(withOperators)(x), create(withKernels)(x), Tolerance, "kernels against operators");
    }
}
