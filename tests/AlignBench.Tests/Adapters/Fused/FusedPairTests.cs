using AlignBench.Adapters;
using AlignBench.Adapters.Losses;
using AlignBench.Adapters.Training;
using static TorchSharp.torch;

namespace AlignBench.Tests.Adapters.Fused;

/// <summary>The passes that are written out against autograd, on sizes that fill no register.</summary>
public class FusedPairTests
{
    private const int Items = 40;

    [Theory]
    [InlineData(AdapterKind.Linear, true, LossDirection.Symmetric, true, 0.05)]
    [InlineData(AdapterKind.Linear, false, LossDirection.ImageToText, true, 0)]
    [InlineData(AdapterKind.Linear, true, LossDirection.Symmetric, false, 0.1)]
    [InlineData(AdapterKind.MlpGeluNorm, true, LossDirection.Symmetric, true, 0.05)]
    [InlineData(AdapterKind.MlpNormGelu, true, LossDirection.ImageToText, true, 0.05)]
    [InlineData(AdapterKind.MlpNormGelu, false, LossDirection.Symmetric, false, 0)]
    public void Steps_OfEveryKind_AreAutogradsButForRounding(
        AdapterKind kind, bool bias, LossDirection direction, bool normalize, double smoothing)
    {
        (double[] Losses, double[] Norms, double[] Weights) plain = Train(isFused: false);
        (double[] Losses, double[] Norms, double[] Weights) fused = Train(isFused: true);

        AdapterGolden.Near(plain.Losses, fused.Losses, 1e-5, "loss");
        AdapterGolden.Near([.. plain.Norms.Select(_ => 1.0)], [.. fused.Norms.Zip(plain.Norms, (f, p) => f / p)], 1e-5, "norm");
        AdapterGolden.Near(plain.Weights, fused.Weights, 2e-5, "weights");

        (double[] Losses, double[] Norms, double[] Weights) Train(bool isFused)
        {
            using Generator random = new(5);
            using Tensor image = empty([Items, 11]).normal_(0, 1, random);
            using Tensor text = empty([Items, 7]).normal_(0, 1, random);
            using TrainingFeatures features = new(Items, [image, text]);
            TrainingSettings settings = new()
            {
                Objective = new ObjectiveSettings("infonce")
                {
                    Temperature = 0.1,
                    Direction = direction,
                    Normalize = normalize,
                    LabelSmoothing = smoothing,
                },
                Schedule = new LearningRateSchedule(1e-3, 2, 9),
                Optimizer = new AdamWSettings(0.01),
                Decay = WeightDecay.Matrices,
                GradientClip = 1,
                IsFused = isFused,
                LearnBlend = true,
            };
            AdapterShape Shape(int inputs) => new(kind, inputs, 9)
            {
                Hidden = kind == AdapterKind.Linear ? 0 : 13,
                Bias = bias,
                Gelu = direction == LossDirection.Symmetric ? GeluForm.Erf : GeluForm.Tanh,
            };
            using AdapterTrainer trainer = new([("image", Shape(11)), ("text", Shape(7))], features, settings, seed: 3);
            List<StepRecord> steps = [];
            for (int step = 0; step < 9; step++)
            {
                // The last batch of three is a smaller one.
                using Tensor items = arange(step % 3 * 15, Math.Min((step % 3 * 15) + 15, Items));
                steps.Add(trainer.Step(items));
            }

            return (
                [.. steps.Select(step => step.Loss), .. steps.Select(step => step.LambdaLoss!.Value), trainer.Lambda!.Value],
                [.. steps.Select(step => step.GradientNorm)],
                AdapterGolden.Numbers(trainer.Parameters.Values));
        }
    }

    // Half of the hidden units are left out, another half each step; what is kept counts double.
    [Fact]
    public void Steps_WithDropout_AreAutogradsOfTheSameDraws()
    {
        double[] Losses(bool isFused)
        {
            using Generator random = new(5);
            using Tensor image = empty([Items, 11]).normal_(0, 1, random);
            using Tensor text = empty([Items, 7]).normal_(0, 1, random);
            using TrainingFeatures features = new(Items, [image, text]);
            TrainingSettings settings = new()
            {
                Objective = new ObjectiveSettings("infonce") { Temperature = 0.1 },
                Schedule = new LearningRateSchedule(1e-3, 1, 5),
                Optimizer = new AdamWSettings(0.01),
                IsFused = isFused,
            };
            AdapterShape Shape(int inputs) => new(AdapterKind.MlpGeluNorm, inputs, 9) { Hidden = 13, Dropout = 0.5 };
            using AdapterTrainer trainer = new([("image", Shape(11)), ("text", Shape(7))], features, settings, seed: 3);
            using Tensor items = arange(Items);
            return [.. Enumerable.Range(0, 5).Select(_ => trainer.Step(items).Loss)];
        }

        AdapterGolden.Near(Losses(isFused: false), Losses(isFused: true), 1e-5, "loss");
    }
}
