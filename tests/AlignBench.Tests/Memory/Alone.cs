namespace AlignBench.Tests.Memory;

/// <summary>Tests that measure memory or time, which other tests must not disturb.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
