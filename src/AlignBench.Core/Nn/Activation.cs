using AlignBench.Interop.Kernels;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>An element-wise function.</summary>
/// <param name="Function">In operators.</param>
/// <param name="Kernel">The same inside a kernel; null where no kernel has it.</param>
public sealed record Activation(Func<Tensor, Tensor> Function, KernelActivation? Kernel = null)
{
    /// <summary>[...] -> the same shape.</summary>
    public Tensor Forward(Tensor x) => Function(x);
}
