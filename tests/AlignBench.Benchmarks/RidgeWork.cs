using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Regression.Presets;
using AlignBench.Statistics.Generators;

namespace AlignBench.Benchmarks;

/// <summary>
/// Study 1's regressions on made-up features: every vision model with every language model, both directions, under each of
/// several conditions, through the code that <c>alignbench run</c> uses.
/// </summary>
internal sealed class RidgeWork
{
    private const int Latent = 64;

    private readonly ExperimentPlan _plan;
    private readonly ModelFeatures[] _vision;
    private readonly ModelFeatures[] _language;

    /// <param name="items">n.</param>
    /// <param name="vision">Width of each vision model.</param>
    /// <param name="language">Width of each language model.</param>
    /// <param name="conditions">Each with images and captions of its own, so that nothing is left over from the one before.</param>
    public RidgeWork(int items, int[] vision, int[] language, int conditions)
    {
        string[] groups = [.. Enumerable.Range(0, items).Select(i => $"{i}")];
        _plan = new ExperimentPlan
        {
            Experiment = "bench",
            Dataset = new NoDataset(),
            Items = [],
            Conditions =
            [
                .. Enumerable.Range(0, conditions).Select(k => new Condition($"{k}", Entries(items), Entries(items), groups)),
            ],
            Contrast = ("0", "0"),
            Counts = [],
        };
        float[] latent = Noise(items * Latent, seed: 0);
        _vision = [.. vision.Select((width, i) => Model($"v{i}", items, width, latent, (uint)(1 + i)))];
        _language = [.. language.Select((width, i) => Model($"l{i}", items, width, latent, (uint)(100 + i)))];
    }

    /// <summary>Computes every score anew.</summary>
    public void Run(int threads)
    {
        PairScorer scorer = new(new Scoring(RidgePresets.NeuroAIMetrics, threads, Permutations: 0, Resamples: 0, Seed: 0));
        GC.KeepAlive(scorer.Score(_plan, _vision, _language, CancellationToken.None));
    }

    private static string[][] Entries(int items) => [.. Enumerable.Range(0, items).Select(i => (string[])[$"{i}"])];

    // What the models share, seen through a random matrix, and as much noise of their own.
    private static ModelFeatures Model(string name, int items, int width, float[] latent, uint seed)
    {
        float[] view = Noise(Latent * width, seed);
        float[] values = Noise(items * width, seed + 1000);
        for (int i = 0; i < items; i++)
        {
            Span<float> row = values.AsSpan(i * width, width);
            for (int l = 0; l < Latent; l++)
            {
                float point = latent[(i * Latent) + l] / MathF.Sqrt(Latent);
                for (int j = 0; j < width; j++)
                {
                    row[j] += point * view[(l * width) + j];
                }
            }
        }

        return new ModelFeatures(name, FeatureTable.Of(Enumerable.Range(0, items).ToDictionary(i => $"{i}"), width, values));
    }

    private static float[] Noise(int count, uint seed)
    {
        NumPyRandom random = new(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble()));
            values[i] = (float)(radius * Math.Cos(2.0 * Math.PI * random.NextDouble()));
        }

        return values;
    }

    private sealed class NoDataset : IDataset
    {
        public string Name => "made-up";

        public IReadOnlyList<string> Files => [];

        public DatasetItems ReadItems(CancellationToken cancellation) => new([], []);

        public IReadOnlyList<string> FilesOf(IReadOnlySet<string> imageIds) => [];

        public IEnumerable<ImageBytes> ReadImages(IReadOnlySet<string> imageIds, CancellationToken cancellation) => [];
    }
}
