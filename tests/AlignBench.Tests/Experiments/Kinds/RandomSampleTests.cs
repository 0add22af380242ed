using AlignBench.Experiments.Kinds;

namespace AlignBench.Tests.Experiments.Kinds;

public class RandomSampleTests
{
    // The first three of each, sorted: RandomState(42).permutation(10) is 8 1 5 0 7 2 9 4 3 6, default_rng(42)'s
    // 5 6 0 7 3 2 4 9 1 8; random.Random(42).sample(range(100), 3) is 81 14 3.
    [Theory]
    [InlineData("numpy_random_state", 10, new[] { 1, 5, 8 })]
    [InlineData("numpy_default_rng", 10, new[] { 0, 5, 6 })]
    [InlineData("python_random", 100, new[] { 3, 14, 81 })]
    public void Draw_IsWhatPythonDrawsInAscendingOrder(string sampler, int n, int[] expected) =>
        Assert.Equal(expected, RandomSample.Draw(n, 3, sampler, seed: 42));

    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    [InlineData(8)]
    public void Draw_NoSizeOrAllThereAre_IsAll(int? size)
    {
        foreach (string sampler in RandomSample.Names)
        {
            Assert.Equal(Enumerable.Range(0, 7), RandomSample.Draw(7, size, sampler, seed: 3));
        }
    }
}
