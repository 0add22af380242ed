using System.Runtime.InteropServices;

using TorchSharp;

using static TorchSharp.torch;

using F = TorchSharp.torch.nn.functional;

namespace AlignBench.Tests.Torch;

public class TensorBasicsTests
{
    [Fact]
    public void Tensor_FromAnArray_HasItsValuesAndShape()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

        Assert.Equal([2, 3], x.shape);
        Assert.Equal([3, 1], x.stride());
        Assert.Equal(ScalarType.Float32, x.dtype);
        Assert.Equal([1, 2, 3, 4, 5, 6], x.data<float>().ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], x.t().data<float>().ToArray());
        Assert.Equal(5f, x[1, 1].item<float>());
    }

    [Fact]
    public void Operators_OnTensorsAndNumbers_GiveTheValuesWorkedOutByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { 1, 2, 4 });

        Assert.Equal([3, 5, 9], ((2 * x) + 1).data<double>().ToArray());
        Assert.Equal([0, -1, -3], (1 - x).data<double>().ToArray());
        Assert.Equal([1, 0.5, 0.25], (1 / x).data<double>().ToArray());
        Assert.Equal([-1, -2, -4], (-x).data<double>().ToArray());
        Assert.Equal([false, true, true], (x > 1).data<bool>().ToArray());
        Assert.Equal(7.0, x.sum().item<double>());
        Assert.Equal(ScalarType.Int64, (arange(3) * 2).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) * 2.5).dtype);
    }

    // x = (1, 3), W = ((1, 0), (0, 1), (1, 1)), b = (0, 0, -1): (1, 3, 3); mean 7/3, variance 8/9, normalised
    // (-4/3, 2/3, 2/3) / sqrt(8/9) = (-sqrt 2, sqrt 2 / 2, sqrt 2 / 2).
    [Fact]
    public void LinearAndLayerNorm_OnThreeNumbers_GiveTheValuesWorkedOutByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[,] { { 1, 3 } });
        Tensor weight = tensor(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } });
        Tensor y = F.linear(x, weight, tensor(new double[] { 0, 0, -1 }));

        Assert.Equal([1, 3, 3], y.data<double>().ToArray());
        double root = Math.Sqrt(2);
        AssertClose([-root, root / 2, root / 2], F.layer_norm(y, [3], eps: 0).data<double>().ToArray());
    }

    // erf(1 / sqrt 2) = 0.6826894921370859: gelu(1) = 0.8413447460685429; the tanh form gives
    // 0.8411919906082768.
    [Fact]
    public void Gelu_BothForms_GiveTheKnownValuesAtOne()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor one = tensor(1.0);

        Assert.Equal(0.8413447460685429, F.gelu(one).item<double>(), 1e-15);
        Assert.Equal(
            0.8411919906082768, F.gelu(one, TorchSharp.Modules.GELU.Approximate.tanh).item<double>(), 1e-15);
    }

    [Fact]
    public void Conv2d_WithAKernelAsLargeAsItsStride_SumsThePatches()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor image = arange(16, dtype: float32).reshape(1, 1, 4, 4);
        Tensor sums = F.conv2d(image, ones(1, 1, 2, 2), tensor(new float[] { 1 }), strides: [2, 2]);

        Assert.Equal([1, 1, 2, 2], sums.shape);
        Assert.Equal([11, 19, 43, 51], sums.data<float>().ToArray());       // 0 + 1 + 4 + 5 + 1, ...
    }

    [Fact]
    public void Interpolate_BicubicToTheSameSize_ChangesNothing()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn([1, 2, 5, 5], generator: new Generator(1));

        Tensor same = F.interpolate(x, size: [5, 5], mode: InterpolationMode.Bicubic, align_corners: false);
        Assert.True(same.allclose(x, 1e-6, 1e-6));
        Tensor smaller = F.interpolate(
            x,
            scale_factor: [0.6, 0.6],
            mode: InterpolationMode.Bicubic,
            align_corners: false,
            antialias: true);
        Assert.Equal([1, 2, 3, 3], smaller.shape);
    }

    [Fact]
    public void Attention_AgainstTheFormula_Agrees()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(3);
        Tensor q = randn([2, 3, 4, 8], float64, generator: random);
        Tensor k = randn([2, 3, 5, 8], float64, generator: random);
        Tensor v = randn([2, 3, 5, 6], float64, generator: random);
        Tensor mask = rand([4, 5], generator: random) > 0.3;
        mask[TensorIndex.Colon, 0] = tensor(true);

        Tensor scores = q.matmul(k.mT) / Math.Sqrt(8);
        Tensor expected = scores.masked_fill(~mask, double.NegativeInfinity).softmax(-1).matmul(v);
        Assert.True(F.scaled_dot_product_attention(q, k, v, mask).allclose(expected, 1e-12, 1e-12));
        Assert.True(
            F.scaled_dot_product_attention(q, k, v).allclose(scores.softmax(-1).matmul(v), 1e-12, 1e-12));
    }

    [Fact]
    public void Matmul_OfShapesThatDoNotFit_ThrowsLibtorchsOwnWords()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = zeros(2, 3);
        Tensor b = zeros(4, 5);

        ExternalException e = Assert.Throws<ExternalException>(() => a.matmul(b));
        Assert.Contains(
            "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", e.Message, StringComparison.Ordinal);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-12);
        }
    }
}
