using System.Diagnostics;
using AlignBench.Adapters;
using AlignBench.Adapters.Losses;
using AlignBench.Adapters.Training;
using static TorchSharp.torch;

namespace AlignBench.Benchmarks;

/// <summary>
/// Training steps per second at the published sizes: 9,600 pairs of 512 and 768 features to 256, batch
/// 256, symmetric InfoNCE with smoothing, clipping, AdamW. Random features: the time does not depend on them.
/// </summary>
internal static class AdapterSteps
{
    private const int Items = 9600;
    private const int Batch = 256;
    private const int Width = 256;
    private const int WarmUp = 300;                         // steps until the compiler has settled
    private const int Round = 150;

    /// <param name="kind">Linear, or an MLP of 256 hidden units without dropout.</param>
    /// <returns>Steps per second of the clock, and of processor time (all threads together).</returns>
    public static (double Clock, double Processor) Rate(AdapterKind kind)
    {
        using Generator random = new(1);
        using Tensor image = Normal(512, random);
        using Tensor text = Normal(768, random);
        using TrainingFeatures features = new(Items, [image, text]);
        TrainingSettings settings = new()
        {
            Objective = new ObjectiveSettings("infonce") { LabelSmoothing = 0.05 },
            Schedule = new LearningRateSchedule(1e-4, 74, 100_000),
            Optimizer = new AdamWSettings(0.001),
            GradientClip = 0.5,
        };
        using AdapterTrainer trainer = new(
            [("image", Shape(kind, 512)), ("text", Shape(kind, 768))], features, settings, seed: 0);
        using Tensor order = randperm(Items, generator: random);
        Run(trainer, order, WarmUp);
        return Run(trainer, order, Round);
    }

    private static AdapterShape Shape(AdapterKind kind, int inputs) =>
        new(kind, inputs, Width) { Hidden = kind == AdapterKind.Linear ? 0 : Width };

    private static Tensor Normal(int width, Generator random) =>
        empty([Items, width]).normal_(0, 1, random);

    private static (double Clock, double Processor) Run(AdapterTrainer trainer, Tensor order, int steps)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan spent = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < steps; step++)
        {
            using Tensor items = order.narrow(0, step % (Items / Batch) * Batch, Batch);
            trainer.Step(items);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return (steps / seconds, steps / (process.TotalProcessorTime - spent).TotalSeconds);
    }
}
