namespace AlignBench.Nn;

/// <summary>What a model's layers run on.</summary>
public enum Engine
{
    /// <summary>The CPU's kernels in float32; operators where there is no kernel, or another device.</summary>
    Kernels = 0,

    /// <summary>libtorch's operators alone.</summary>
    Operators = 1,

    /// <summary>
    /// Linear layers multiply bfloat16 numbers and sum them in float32; all else is float32: residual stream,
    /// norms, softmax, convolutions.
    /// </summary>
    Bf16Kernels = 2,
}
