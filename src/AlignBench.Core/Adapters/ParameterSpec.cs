namespace AlignBench.Adapters;

/// <summary>One tensor to be learned: its name, sizes and first values.</summary>
/// <param name="Name">Also its name in files.</param>
/// <param name="Shape">Empty for a single number.</param>
public sealed record ParameterSpec(string Name, long[] Shape)
{
    /// <summary>The first value of every element, if <see cref="Reach"/> is 0.</summary>
    public double Start { get; init; }

    /// <summary>If positive, first values are uniform in ± this.</summary>
    public double Reach { get; init; }

    /// <summary>Elements, 1 for a single number.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
