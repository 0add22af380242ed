using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>Tensors as the CPU's kernels take them.</summary>
internal static class KernelTensors
{
    /// <summary>Whether a kernel may read it: float32 on the CPU, and nobody wants a gradient.</summary>
    public static bool Fits(Tensor x) =>
        x.device_type == DeviceType.CPU && x.dtype == ScalarType.Float32
        && !(x.requires_grad && is_grad_enabled());

    /// <summary>The tensor itself, or a copy without gaps.</summary>
    /// <exception cref="ArgumentException">A kernel can't read it.</exception>
    public static Tensor Input(Tensor x)
    {
        if (!Fits(x))
        {
            throw new ArgumentException(
                "expected float32 on the CPU without gradient, "
                + $"got {x.dtype} on {x.device}{(x.requires_grad ? " with gradient" : "")}",
                nameof(x));
        }

        return x.is_contiguous() ? x : x.contiguous();
    }

    /// <summary>[..., width] for the rows of x [..., D], not initialised.</summary>
    public static Tensor Output(Tensor x, long width)
    {
        long[] shape = x.shape;
        shape[^1] = width;
        return empty(shape, ScalarType.Float32, CPU);
    }

    /// <summary>Vectors of the last axis.</summary>
    public static long Rows(Tensor x)
    {
        long[] shape = x.shape;
        long rows = 1;
        for (int i = 0; i < shape.Length - 1; i++)
        {
            rows *= shape[i];
        }

        return rows;
    }
}
