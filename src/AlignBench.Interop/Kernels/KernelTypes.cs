namespace AlignBench.Interop.Kernels;

/// <summary>Element-wise functions. The numbers are those of <c>Activation</c> in vector_kernels.h.</summary>
public enum KernelActivation
{
    None = 0,

    /// <summary>x Φ(x), exact (erf).</summary>
    Gelu = 1,
    TanhGelu = 2,

    /// <summary>x σ(1.702 x).</summary>
    QuickGelu = 3,

    /// <summary>x σ(x).</summary>
    Silu = 4,
    Relu = 5,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6 = 6,
}

/// <summary>
/// Of the factors in a product; the sums are float32. The numbers are those of <c>Precision</c> in matmul.h.
/// </summary>
public enum KernelPrecision
{
    Fp32 = 0,
    Bf16 = 1,
}
