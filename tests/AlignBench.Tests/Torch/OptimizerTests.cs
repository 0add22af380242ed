using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

public class OptimizerTests
{
    // w = 1, gradient 0.5, lr 0.1, decay 0.01, betas (0.9, 0.999), eps 1e-8.
    // Step 1: w <- 1 (1 - 0.001) = 0.999; m = 0.05, v = 0.00025; corrected 0.5 and 0.25; w <- 0.999 - 0.1 *
    // 0.5 / (0.5 + 1e-8). Step 2, gradient -1: w <- 0.999 w; m = 0.045 - 0.1 = -0.055, v = 0.00024975 + 0.001
    // = 0.00124975; corrected by 1 - 0.81 = 0.19 and 1 - 0.998001 = 0.001999.
    [Fact]
    public void AdamW_TwoSteps_GiveTheNumbersWorkedOutByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter w = torch.nn.Parameter(tensor(new double[] { 1 }));
        using AdamW optimizer = torch.optim.AdamW([w], lr: 0.1, weight_decay: 0.01);

        w.grad = tensor(new double[] { 0.5 });
        optimizer.step();
        double expected = 0.999 - (0.1 * 0.5 / (0.5 + 1e-8));
        Assert.Equal(expected, w.detach().item<double>(), 1e-15);

        w.grad = tensor(new double[] { -1 });
        optimizer.step();
        double root = Math.Sqrt(0.00124975 / 0.001999) + 1e-8;
        expected = (expected * 0.999) - (0.1 * (-0.055 / 0.19) / root);
        Assert.Equal(expected, w.detach().item<double>(), 1e-13);
    }

    [Fact]
    public void AdamW_WithGroups_UsesEachOnesOwnSettings()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter decayed = torch.nn.Parameter(tensor(new double[] { 1 }));
        Parameter free = torch.nn.Parameter(tensor(new double[] { 1 }));
        Parameter still = torch.nn.Parameter(tensor(new double[] { 1 }));
        using AdamW optimizer = torch.optim.AdamW(
            [
                new AdamW.ParamGroup([decayed], lr: 0.1, weight_decay: 0.5),
                new AdamW.ParamGroup { Parameters = [free, still] },
            ],
            lr: 0.2);

        decayed.grad = tensor(new double[] { 0 });
        free.grad = tensor(new double[] { 2 });
        optimizer.step();

        Assert.Equal(0.95, decayed.detach().item<double>(), 1e-15);          // the decay alone
        Assert.Equal(0.8, free.detach().item<double>(), 1e-8);               // one step of the learning rate
        Assert.Equal(1.0, still.detach().item<double>());                    // no gradient, no step
        Assert.Equal([0.1, 0.2], optimizer.ParamGroups.Select(group => group.LearningRate));
        optimizer.zero_grad();
        Assert.Equal(0.0, free.grad!.item<double>());
    }

    [Fact]
    public void AdamW_OnAQuadratic_FindsItsMinimum()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter w = torch.nn.Parameter(tensor(new double[] { 3, -2 }));
        Tensor target = tensor(new double[] { 1, 1 });
        using AdamW optimizer = torch.optim.AdamW([w], lr: 0.05);

        for (int i = 0; i < 400; i++)
        {
            using DisposeScope step = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss = (w - target).square().sum();
            loss.backward();
            optimizer.step();
        }

        Assert.True(w.detach().allclose(target, atol: 1e-3));
    }

    [Fact]
    public void AdamW_OfASettingOutsideItsRange_IsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter w = torch.nn.Parameter(ones(1));

        Assert.Throws<ArgumentException>(() => torch.optim.AdamW([w], lr: -1));
        Assert.Throws<ArgumentException>(() => torch.optim.AdamW([w], beta2: 1));
    }

    // Gradients (3) and (4): norm 5. Clipped to 1: factor 1 / (5 + 1e-6).
    [Fact]
    public void ClipGradNorm_ScalesAllGradientsTogether()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter a = torch.nn.Parameter(tensor(new double[] { 0 }));
        Parameter b = torch.nn.Parameter(tensor(new double[] { 0 }));
        Parameter without = torch.nn.Parameter(tensor(new double[] { 0 }));
        a.grad = tensor(new double[] { 3 });
        b.grad = tensor(new double[] { 4 });

        Assert.Equal(5.0, torch.nn.utils.clip_grad_norm_([a, b, without], 1), 1e-12);
        Assert.Equal(3 / (5 + 1e-6), a.grad!.item<double>(), 1e-12);
        Assert.Equal(4 / (5 + 1e-6), b.grad!.item<double>(), 1e-12);
        Assert.Equal(1.0, torch.nn.utils.clip_grad_norm_([a, b], 2), 1e-6);
        Assert.Equal(3 / (5 + 1e-6), a.grad!.item<double>(), 1e-12);
    }

    [Fact]
    public void LambdaLR_MultipliesTheInitialRate()
    {
        using DisposeScope scope = NewDisposeScope();
        using AdamW optimizer = torch.optim.AdamW([torch.nn.Parameter(ones(1))], lr: 0.4);
        torch.optim.lr_scheduler.LRScheduler schedule =
            torch.optim.lr_scheduler.LambdaLR(optimizer, step => (step + 1) / 4.0);

        Assert.Equal([0.1], schedule.get_last_lr());
        schedule.step();
        Assert.Equal(0.2, optimizer.ParamGroups.Single().LearningRate);
    }
}
