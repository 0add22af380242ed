using System.Runtime.InteropServices;
using TorchSharp;


using static TorchSharp.torch;

using F = TorchSharp.torch.nn.functional;

namespace AlignBench.Tests.Torch;

/// <summary>One small case for each layer function, so that no argument goes to another's place.</summary>
public class FunctionalTests
{
    [Fact]
    public void Convolutions_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor signal = tensor(new double[] { 1, 2, 3, 4 }).reshape(1, 1, 4);
        Tensor kernel = tensor(new double[] { 1, 10 }).reshape(1, 1, 2);

        TensorValues.Are(F.conv1d(signal, kernel), 21, 32, 43);
        TensorValues.Are(F.conv1d(signal, kernel, stride: 2), 21, 43);
        TensorValues.Are(F.conv1d(signal, kernel, padding: 1), 10, 21, 32, 43, 4);
        TensorValues.Are(F.conv1d(signal, kernel, dilation: 2), 31, 42);

        // Two groups: each channel has a kernel of its own.
        Tensor channels = tensor(new double[] { 1, 2, 3, 4 }).reshape(1, 2, 2);
        TensorValues.Are(F.conv1d(channels, tensor(new double[] { 10, 100 }).reshape(2, 1, 1), groups: 2), 10, 20, 300, 400);
    }

    // Rows (1, 3) and (2, 6): mean 2 and 4, deviation 1 and 2.
    [Fact]
    public void Normalizations_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[,] { { 1, 3 }, { 2, 6 } });
        Tensor weight = tensor(new double[] { 2, 10 });
        Tensor bias = tensor(new double[] { 1, 0 });

        TensorValues.Are(F.layer_norm(x, [2], weight, bias, eps: 0), -1, 10, -1, 10);
        TensorValues.Are(F.group_norm(x.unsqueeze(0), 2, weight, bias, eps: 0), -1, 3, -10, 10);
        TensorValues.Are(
            F.batch_norm(x, running_mean: bias, running_var: tensor(new double[] { 4, 9 }), weight, bias, eps: 0),
            1,
            10,
            2,
            20);
        TensorValues.Are(F.normalize(tensor(new double[,] { { 3, 4 } })), 0.6, 0.8);
        TensorValues.Are(F.cosine_similarity(x, tensor(new double[,] { { 3, -1 }, { 1, 3 } })), 0, 1);
    }

    [Fact]
    public void Poolings_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor image = arange(16, dtype: float32).reshape(1, 1, 4, 4);

        TensorValues.Are(F.max_pool2d(image, 2), 5, 7, 13, 15);
        TensorValues.Are(F.max_pool2d(image, 3, stride: 2, padding: 1), 5, 7, 13, 15);
        TensorValues.Are(F.max_pool2d(image, [2, 4]), 7, 15);
        TensorValues.Are(F.avg_pool2d(image, 2), 2.5, 4.5, 10.5, 12.5);
        TensorValues.Are(F.avg_pool2d(image, 4, divisor_override: 1), 120);
        TensorValues.Are(F.adaptive_avg_pool2d(image, 1), 7.5);
        TensorValues.Are(F.adaptive_avg_pool2d(image, (1, 2)), 6.5, 8.5);
        TensorValues.Are(F.max_pool1d(image[0, 0], 2, stride: 2)[0], 1, 3);
        TensorValues.Are(F.avg_pool1d(image[0, 0], 4), 1.5, 5.5, 9.5, 13.5);
    }

    [Fact]
    public void Losses_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(new double[,] { { 0, 0 }, { 0, Math.Log(3) } });
        Tensor target = tensor(new long[] { 0, 1 });
        double first = Math.Log(2);
        double second = -Math.Log(0.75);

        TensorValues.Are(F.cross_entropy(logits, target), (first + second) / 2);
        TensorValues.Are(F.cross_entropy(logits, target, reduction: torch.nn.Reduction.Sum), first + second);
        TensorValues.Are(F.cross_entropy(logits, target, ignore_index: 0), second);
        TensorValues.Are(
            F.cross_entropy(logits, target, tensor(new double[] { 3, 1 })), ((3 * first) + second) / 4);
        TensorValues.Are(F.nll_loss(logits.log_softmax(1), target, reduction: torch.nn.Reduction.None), first, second);
        TensorValues.Are(F.mse_loss(tensor(new double[] { 1, 2 }), tensor(new double[] { 3, 2 })), 2);
        TensorValues.Are(F.l1_loss(tensor(new double[] { 1, 2 }), tensor(new double[] { 3, 2 })), 1);
        Tensor half = zeros([1], float64);
        TensorValues.Are(F.binary_cross_entropy_with_logits(half, ones([1], float64)), Math.Log(2));
        Tensor logHalf = full([1, 2], Math.Log(0.5), float64);
        Tensor skewed = tensor(new double[,] { { 0.25, 0.75 } });
        double divergence = (0.25 * Math.Log(0.5)) + (0.75 * Math.Log(1.5));
        TensorValues.Are(
            F.kl_div(logHalf, skewed, log_target: false, reduction: torch.nn.Reduction.Sum), divergence);
    }

    [Fact]
    public void Dropout_KeepsTheExpectation_AndNothingHappensOutsideTraining()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(11);
        Tensor x = ones(10_000);
        Tensor dropped = F.dropout(x, 0.25);

        Assert.Equal(1.0, dropped.mean().ToDouble(), 0.05);
        Assert.Equal(4 / 3.0, dropped.max().ToDouble(), 1e-6);
        Assert.Equal(0.25, dropped.eq(0).to(float32).mean().ToDouble(), 0.03);
        Assert.True(F.dropout(x, 0.25, training: false).Equals(x));
    }

    [Fact]
    public void PadAndOneHot_GiveKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[,] { { 1, 2, 3 } });

        TensorValues.Are(F.pad(x, [1, 2], value: 9), 9, 1, 2, 3, 9, 9);
        TensorValues.Are(F.pad(x, [1, 1], PaddingModes.Reflect), 2, 1, 2, 3, 2);
        TensorValues.Are(F.pad(x, [1, 1], PaddingModes.Replicate), 1, 1, 2, 3, 3);
        TensorValues.Are(F.one_hot(tensor(new long[] { 2, 0 }), 3), 0, 0, 1, 1, 0, 0);
    }

    // Linear between the two pixels: with aligned corners the ends are the pixels themselves; without, the samples lie
    // at -1/4, 1/4, 3/4, 5/4 and the outer ones are cut to the pixels.
    [Fact]
    public void Interpolate_Bilinear_GivesKnownValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new double[] { 0, 4 }).reshape(1, 1, 1, 2);

        TensorValues.Are(Resized(x, 5, alignCorners: true), 0, 1, 2, 3, 4);
        TensorValues.Are(Resized(x, 4, alignCorners: false), 0, 1, 3, 4);
        TensorValues.Are(F.interpolate(x, scale_factor: [1, 2]), 0, 0, 4, 4);
        Assert.Throws<ExternalException>(() => F.interpolate(x));
        Assert.Throws<ExternalException>(() => F.interpolate(x, size: [1, 2], scale_factor: [1, 2]));
    }

    // Aligned attention of place i sees places 0 to i: the first row is the first value alone.
    [Fact]
    public void Attention_Causal_SeesThePast()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor x = randn([1, 3, 4], float64, generator: random);

        Tensor all = F.scaled_dot_product_attention(x, x, x, is_casual: true);
        Tensor two = F.scaled_dot_product_attention(x[.., 1..2], x[.., ..2], x[.., ..2]);
        Assert.True(all[0, 0].allclose(x[0, 0]));
        Assert.True(all[0, 1].allclose(two[0, 0]));
    }

    private static Tensor Resized(Tensor x, long width, bool alignCorners) => F.interpolate(
        x, size: [1, width], mode: InterpolationMode.Bilinear, align_corners: alignCorners);
}
