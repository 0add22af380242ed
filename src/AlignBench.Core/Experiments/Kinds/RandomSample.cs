using AlignBench.Statistics.Generators;

namespace AlignBench.Experiments.Kinds;

/// <summary>The rows that a study draws, as a user of NumPy or Python would.</summary>
internal static class RandomSample
{
    public const string Default = "numpy_random_state";

    private static readonly (string Name, Func<int, int, uint, int[]> Draw)[] s_samplers =
    [
        (Default, (n, size, seed) => new NumPyRandom(seed).Permutation(n)[..size]),
        ("numpy_default_rng", (n, size, seed) => new NumPyGenerator(seed).Permutation(n)[..size]),
        ("python_random", (n, size, seed) => new PythonRandom(seed).Sample(n, size)),
    ];

    /// <summary>Names of the samplers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_samplers.Select(sampler => sampler.Name)];

    /// <summary>The study's sample of <paramref name="n"/> units.</summary>
    public static int[] Draw(int n, StudyConfig study) => Draw(n, study.Samples, study.Sampler, study.Seed);

    /// <summary>
    /// Draws <paramref name="size"/> of 0 … n − 1 and puts them back into ascending order; all if there are no more
    /// than that. numpy_random_state: the first of <c>numpy.random.RandomState(seed).permutation(n)</c>;
    /// numpy_default_rng: the first of <c>numpy.random.default_rng(seed).permutation(n)</c>; python_random:
    /// <c>random.Random(seed).sample(range(n), size)</c>.
    /// </summary>
    public static int[] Draw(int n, int? size, string sampler, long seed)
    {
        if (size is not int wanted || wanted >= n)
        {
            return [.. Enumerable.Range(0, n)];
        }

        int[] drawn = s_samplers.Single(s => s.Name == sampler).Draw(n, wanted, checked((uint)seed));
        Array.Sort(drawn);
        return drawn;
    }
}
