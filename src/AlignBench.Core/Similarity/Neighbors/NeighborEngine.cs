namespace AlignBench.Similarity.Neighbors;

/// <summary>What multiplies the pairs of a neighbour search. The result is the same with each.</summary>
public enum NeighborEngine
{
    /// <summary>The fastest that this machine has for the kind.</summary>
    Fastest,

    /// <summary>Blocks of a BLAS product; runs anywhere.</summary>
    Blas,

    /// <summary>The native kernel in float32.</summary>
    Fp32Kernel,

    /// <summary>
    /// The native kernel in bfloat16, then float32 for what its bound lets through; float32 from the start for Euclidean
    /// distances, whose squared lengths bfloat16 can't hold, and where the bound lets too much through.
    /// </summary>
    Bf16Kernel,
}
