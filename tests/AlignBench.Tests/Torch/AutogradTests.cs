using System.Runtime.InteropServices;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;

using F = TorchSharp.torch.nn.functional;

namespace AlignBench.Tests.Torch;

public class AutogradTests
{
    // One hidden layer, squared error, by hand: h = W1 x, a = relu(h), y = w2 . a, L = (y - t)^2.
    // x = (1, 2), W1 = ((1, 1), (-1, 0.25)), w2 = (2, 3), t = 5: h = (3, -0.5), a = (3, 0), y = 6, L = 1.
    // dL/dy = 2; dL/dw2 = 2 a = (6, 0); dL/da = 2 w2 = (4, 6); dL/dh = (4, 0); dL/dW1 = dL/dh x^T = ((4, 8),
    // (0, 0)).
    [Fact]
    public void Backward_OfASmallMlp_GivesTheGradientWorkedOutByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter first = torch.nn.Parameter(tensor(new double[,] { { 1, 1 }, { -1, 0.25 } }));
        Parameter second = torch.nn.Parameter(tensor(new double[,] { { 2, 3 } }));
        Tensor x = tensor(new double[,] { { 1, 2 } });

        Tensor y = F.linear(F.relu(F.linear(x, first)), second);
        Tensor loss = (y - 5).square().sum();
        loss.backward();

        Assert.Equal(1.0, loss.item<double>());
        Assert.Equal([4, 8, 0, 0], first.grad!.data<double>().ToArray());
        Assert.Equal([6, 0], second.grad!.data<double>().ToArray());
        Assert.False(y.is_leaf);
        Assert.True(first.is_leaf);
    }

    [Fact]
    public void Backward_Twice_AddsUp()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(3.0).requires_grad_();

        (x * x).backward();
        (x * x).backward();
        Assert.Equal(12.0, x.grad!.item<double>());          // 2 * 2x
        x.grad = null;
        Assert.Null(x.grad);
    }

    // d(x^3)/dx = 3x^2 = 12, its derivative 6x = 12, at 2.
    [Fact]
    public void Grad_OfAGradient_IsTheSecondDerivative()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(2.0).requires_grad_();
        Tensor unused = tensor(2.0).requires_grad_();

        Tensor first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        IList<Tensor> second = autograd.grad([first], [x, unused], allow_unused: true);
        Assert.Equal(12.0, first.item<double>());
        Assert.Equal(12.0, second[0].item<double>());
        Assert.Null(second[1]);
        Assert.Null(x.grad);
    }

    [Fact]
    public void Backward_WithoutARecordedGraph_ThrowsLibtorchsWords()
    {
        using DisposeScope scope = NewDisposeScope();

        ExternalException e = Assert.Throws<ExternalException>(() => ones(1).sum().backward());
        Assert.Contains("does not require grad", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modes_HoldUntilDisposedOf()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2).requires_grad_();

        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
        Assert.False((x * 2).detach().requires_grad);
    }

    // Logits (0, ln 3): softmax (1/4, 3/4). Target 1, smoothing s = 0.2 over two classes: 0.9 on it, 0.1 on
    // the other. Loss = -(0.9 ln 3/4 + 0.1 ln 1/4); gradient = softmax - target = (0.25 - 0.1, 0.75 - 0.9).
    [Fact]
    public void CrossEntropy_WithLabelSmoothing_GivesValueAndGradientWorkedOutByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(new double[,] { { 0, Math.Log(3) } }).requires_grad_();

        Tensor loss = F.cross_entropy(logits, tensor(new long[] { 1 }), label_smoothing: 0.2);
        loss.backward();

        Assert.Equal(-((0.9 * Math.Log(0.75)) + (0.1 * Math.Log(0.25))), loss.item<double>(), 1e-14);
        double[] gradient = logits.grad!.data<double>().ToArray();
        Assert.Equal(0.15, gradient[0], 1e-14);
        Assert.Equal(-0.15, gradient[1], 1e-14);
    }
}
