using AlignBench.Fuzz;

namespace AlignBench.Tests.Fuzz;

/// <summary>A few of the cases that scripts/fuzz.sh runs by the hundred thousand, always the same.</summary>
public class FuzzTargetTests
{
    private const int Cases = 150;
    private const int SlowCases = 15;                       // DuckDB is started for each

    public static TheoryData<string> Names => [.. FuzzTargets.All().Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_DamagedFiles_EndInAnAnswerOrAClearError(string name)
    {
        FuzzTarget target = FuzzTargets.All().Single(target => target.Name == name);
        using TemporaryFolder folder = new();
        int cases = name == "parquet-layout" ? SlowCases : Cases;

        Assert.All(Enumerable.Range(0, cases), number =>
        {
            string? finding = target.Run(number, folder.Root);
            Assert.True(finding is null, $"case {number}: {finding}");
        });
    }

    [Fact]
    public void Case_OfOneNumber_IsAlwaysTheSame()
    {
        FuzzTarget target = FuzzTargets.All()[0];

        Assert.Equal(target.Case(17), target.Case(17));
        Assert.NotEqual(target.Case(17), target.Case(18));
    }
}
