using TorchSharp;

using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

/// <summary>One small case for each function, so that no argument goes to another's place.</summary>
public class TensorFunctionTests
{
    private static readonly double s_e = Math.E;

    [Fact]
    public void PointwiseFunctions_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { -1.5, 0, 4 });

        TensorValues.Are(x.abs(), 1.5, 0, 4);
        TensorValues.Are(x.neg(), 1.5, 0, -4);
        TensorValues.Are(x.exp(), 1 / (s_e * Math.Sqrt(s_e)), 1, Math.Exp(4));
        TensorValues.Are(x.square().sqrt(), 1.5, 0, 4);
        TensorValues.Are(x[2].rsqrt(), 0.5);
        TensorValues.Are(x[2].log2(), 2);
        TensorValues.Are(x.floor(), -2, 0, 4);
        TensorValues.Are(x.ceil(), -1, 0, 4);
        TensorValues.Are(x.sign(), -1, 0, 1);
        TensorValues.Are(x.clamp(-1, 2), -1, 0, 2);
        TensorValues.Are(x.clamp(max: 2), -1.5, 0, 2);
        TensorValues.Are(x.clamp(zeros(3, float64)), 0, 0, 4);
        TensorValues.Are(x.clamp_min(-1), -1, 0, 4);
        TensorValues.Are(x.clamp_max(1), -1.5, 0, 1);
        TensorValues.Are(x.pow(2), 2.25, 0, 16);
        TensorValues.Are(tensor(2.0).pow(x), Math.Pow(2, -1.5), 1, 16);
        TensorValues.Are(x.sigmoid(), 1 / (1 + Math.Exp(1.5)), 0.5, 1 / (1 + Math.Exp(-4)));
        TensorValues.Are(x.relu(), 0, 0, 4);
        TensorValues.Are(x.silu(), -1.5 / (1 + Math.Exp(1.5)), 0, 4 / (1 + Math.Exp(-4)));
        TensorValues.Are(x.leaky_relu(0.1), -0.15, 0, 4);
        TensorValues.Are(x.softplus(), Math.Log(1 + Math.Exp(-1.5)), Math.Log(2), Math.Log(1 + Math.Exp(4)));
        TensorValues.Are(tensor(1.2345).round(2), 1.23);
        TensorValues.Are(tensor(new[] { double.NaN, double.PositiveInfinity }).nan_to_num(5, posinf: 7), 5, 7);
        TensorValues.Are(tensor(new double[] { 0, Math.Log(3) }).softmax(0), 0.25, 0.75);
        TensorValues.Are(tensor(new double[] { 0, Math.Log(3) }).log_softmax(0), Math.Log(0.25), Math.Log(0.75));
    }

    [Fact]
    public void Arithmetic_WithFactors_GivesKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { 6, -7 });
        Tensor y = tensor(new double[] { 4, 2 });

        TensorValues.Are(x.add(y, 2), 14, -3);
        TensorValues.Are(x.sub(y), 2, -9);
        TensorValues.Are(x.div(y), 1.5, -3.5);
        TensorValues.Are(x.div(y, RoundingMode.floor), 1, -4);
        TensorValues.Are(x.div(y, RoundingMode.trunc), 1, -3);
        TensorValues.Are(x % 4, 2, 1);
        TensorValues.Are(x.addcmul(y, y, 0.5), 14, -5);
        TensorValues.Are(x.addcdiv(y, y, 3), 9, -4);
        TensorValues.Are(x.lerp(y, tensor(0.5)), 5, -2.5);
        TensorValues.Are(x.maximum(y), 6, 2);
        TensorValues.Are(x.minimum(y), 4, -7);
        TensorValues.Are(x.where(x > 0, y), 6, 2);
        TensorValues.Are(x.clone().add_(1).sub_(2).mul_(y).div_(2), 10, -8);
    }

    [Fact]
    public void Reductions_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[,] { { 1, 5, 3 }, { 4, 2, 9 } });

        TensorValues.Are(x.sum(), 24);
        TensorValues.Are(x.sum(dim: 0), 5, 7, 12);           // sum(0) would be the sum as ScalarType 0, a byte
        TensorValues.Are(x.sum([0, 1]), 24);
        TensorValues.Are(x.mean([1]), 3, 5);
        Assert.Equal([2, 1], x.mean([1], keepdim: true).shape);
        TensorValues.Are(x.var(1), 4, 13);
        TensorValues.Are(x.var(1, unbiased: false), 8.0 / 3, 26.0 / 3);
        TensorValues.Are(x.std(1), 2, Math.Sqrt(13));
        TensorValues.Are(x[0].std(unbiased: false), Math.Sqrt(8.0 / 3));
        TensorValues.Are(x.max(), 9);
        TensorValues.Are(x.max(1).Item1, 5, 9);
        TensorValues.Are(x.max(1).Item2, 1, 2);
        TensorValues.Are(x.min(0).Item1, 1, 2, 3);
        TensorValues.Are(x.amax(1), 5, 9);
        TensorValues.Are(x.argmax(), 5);
        TensorValues.Are(x.argmin(1), 0, 1);
        TensorValues.Are(x.sort(1, descending: true).Item1, 5, 3, 1, 9, 4, 2);
        TensorValues.Are(x.argsort(1), 0, 2, 1, 1, 0, 2);
        TensorValues.Are(x.topk(1).Item1, 5, 9);
        TensorValues.Are(x.kthvalue(2, 1).Item1, 3, 4);
        TensorValues.Are(x.median(), 3);
        TensorValues.Are(x.cumsum(1), 1, 6, 9, 4, 6, 15);
        TensorValues.Are(x.cumprod(1), 1, 5, 15, 4, 8, 72);
        TensorValues.Are(x.prod(1), 15, 72);
        TensorValues.Are(x.norm(), Math.Sqrt(136));
        TensorValues.Are(x.norm(1, p: 1), 9, 15);
        TensorValues.Are(zeros([2], float64).logsumexp(0), Math.Log(2));
        TensorValues.Are((x > 2).all(1), 0, 0);
        TensorValues.Are((x > 2).any(0), 1, 1, 1);
        TensorValues.Are((x > 2).count_nonzero(), 4);
    }

    [Fact]
    public void ShapeFunctions_PutValuesInTheirPlaces()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(6).reshape(2, 3);

        TensorValues.Are(x.permute(1, 0), 0, 3, 1, 4, 2, 5);
        TensorValues.Are(x.flip(1), 2, 1, 0, 5, 4, 3);
        TensorValues.Are(x.roll(1, 1), 2, 0, 1, 5, 3, 4);
        TensorValues.Are(x[0].repeat(2), 0, 1, 2, 0, 1, 2);
        TensorValues.Are(x[0].repeat_interleave(2), 0, 0, 1, 1, 2, 2);
        TensorValues.Are(x[0].tile([2]), 0, 1, 2, 0, 1, 2);
        Assert.Equal([4, 2, 3], x.expand(4, -1, -1).shape);
        Assert.Equal([2, 3, 1], x.unsqueeze(-1).shape);
        Assert.Equal([2, 3], x.unsqueeze(0).squeeze(0).shape);
        Assert.Equal([6], x.flatten().shape);
        Assert.Equal([2, 1, 3], x.unflatten(1, 1, 3).shape);
        Assert.Equal([3, 2, 1], x.unsqueeze(0).movedim([2], [0]).transpose(1, 2).shape);
        TensorValues.Are(x.unfold(1, 2, 1), 0, 1, 1, 2, 3, 4, 4, 5);
        TensorValues.Are(x.as_strided([2], [2], 1), 1, 3);
        TensorValues.Are(x.chunk(2)[1], 3, 4, 5);
        TensorValues.Are(x.split([1, 2], 1)[1], 1, 2, 4, 5);
        TensorValues.Are(x.split(2, 1)[1], 2, 5);
        TensorValues.Are(stack([x[0], x[1]], 1), 0, 3, 1, 4, 2, 5);
        TensorValues.Are(cat([x, x], 1).select(0, 1), 3, 4, 5, 3, 4, 5);
        TensorValues.Are(meshgrid([arange(2), arange(3)])[0], 0, 0, 0, 1, 1, 1);
        TensorValues.Are(meshgrid([arange(2), arange(3)], "xy")[0], 0, 1, 0, 1, 0, 1);
        TensorValues.Are(x.tril(), 0, 0, 0, 3, 4, 0);
        TensorValues.Are(x.triu(1), 0, 1, 2, 0, 0, 5);
        TensorValues.Are(x.diagonal(1), 1, 5);
        TensorValues.Are(x.take_along_dim(x.argmax(1, keepdim: true), 1), 2, 5);
        TensorValues.Are(x.masked_select(x > 3), 4, 5);
        TensorValues.Are(x.nonzero()[0], 0, 1);
        TensorValues.Are(x.index_add(0, tensor(new long[] { 0 }), ones([1, 3], int64), 2), 2, 3, 4, 3, 4, 5);
    }

    [Fact]
    public void Products_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor(new double[,] { { 1, 2 }, { 3, 4 } });
        Tensor v = tensor(new double[] { 1, -1 });

        TensorValues.Are(a.mm(a), 7, 10, 15, 22);
        TensorValues.Are(a.mv(v), -1, -1);
        TensorValues.Are(v.dot(v), 2);
        TensorValues.Are(v.outer(v), 1, -1, -1, 1);
        TensorValues.Are(a.addmm(a, a, beta: 2, alpha: 0.5f), 5.5, 9, 13.5, 19);
        TensorValues.Are(a.unsqueeze(0).baddbmm(a.unsqueeze(0), a.unsqueeze(0), beta: 0), 7, 10, 15, 22);
        TensorValues.Are(a.trace(), 5);
        TensorValues.Are(a.det(), -2);
        TensorValues.Are(a.inverse(), -2, 1, 1.5, -0.5);
        TensorValues.Are(linalg.vector_norm(a, 1, [1]), 3, 7);
        TensorValues.Are(linalg.matrix_norm(a), Math.Sqrt(30));
        TensorValues.Are(linalg.norm(a, 1, [0]), 4, 6);
        TensorValues.Are(linalg.svdvals(tensor(new double[,] { { 3, 0 }, { 0, -2 } })), 3, 2);
        TensorValues.Are(tensordot(a, a, [0, 1], [0, 1]), 30);
    }

    [Fact]
    public void Factories_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();

        TensorValues.Are(arange(1, 2, 0.25), 1, 1.25, 1.5, 1.75);
        TensorValues.Are(linspace(0, 1, 3), 0, 0.5, 1);
        TensorValues.Are(eye(2, 3), 1, 0, 0, 0, 1, 0);
        TensorValues.Are(full(2, 2, 7), 7, 7, 7, 7);
        Assert.Equal(ScalarType.Int64, full(1, 7).dtype);
        Assert.Equal(ScalarType.Float32, full(1, 7.0).dtype);
        TensorValues.Are(full_like(ones(2), 3), 3, 3);
        Assert.Equal(ScalarType.Float64, zeros_like(ones(2), float64).dtype);
        Assert.True(ones(1, requires_grad: true).requires_grad);
        TensorValues.Are(bernoulli(tensor(new double[] { 0, 1 })), 0, 1);
        TensorValues.Are(multinomial(tensor(new double[] { 0, 1, 0 }), 1), 1);
        using Generator random = new(9);
        Tensor normal = zeros([10_000], float64).normal_(5, 2, random);
        Assert.Equal(5, normal.mean().item<double>(), 0.1);
        Assert.Equal(2, normal.std().item<double>(), 0.1);
        Tensor uniform = zeros([10_000], float64).uniform_(-3, -1, random);
        Assert.Equal(-2, uniform.mean().item<double>(), 0.1);
        Assert.InRange(uniform.max().item<double>(), -1.01, -1);
    }
}
