using AlignBench.Interop.Kernels;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <content>Weights laid out for the CPU's kernels.</content>
public sealed partial class WeightReader
{
    /// <summary>
    /// A layer's weight laid out for the CPU's kernels. The tensors, which this reader gave out, are freed.
    /// Null, and nothing is freed, where the layer shall run on operators.
    /// </summary>
    /// <param name="weight">[outputs, ...], all behind the first axis being inputs.</param>
    /// <param name="bias">[outputs] or none.</param>
    internal PackedLinear? Pack(Tensor weight, Tensor? bias)
    {
        long inputs = weight.NumberOfElements / weight.shape[0];
        if (!UsesKernels || weight.NumberOfElements > int.MaxValue / sizeof(float))
        {
            return null;
        }

        PackedLinear packed = new(
            inputs,
            weight.shape[0],
            KernelPrecision.Fp32,
            weight.bytes,
            bias is null ? default : bias.bytes);
        return Keep(packed, weight, bias);
    }

    /// <summary>The same for a convolution: weight [outputs, inputs / groups, kernel, kernel].</summary>
    internal PackedConvolution? Pack(ConvolutionShape shape, Tensor weight, Tensor bias)
    {
        if (!UsesKernels)
        {
            return null;
        }

        PackedConvolution packed = new(
            shape.Inputs,
            shape.Outputs,
            shape.Kernel,
            shape.Stride,
            shape.Padding,
            shape.Groups,
            weight.bytes,
            bias.bytes);
        return Keep(packed, weight, bias);
    }

    private T Keep<T>(T packed, Tensor weight, Tensor? bias)
        where T : IDisposable
    {
        _shared.Packed.Add(packed);
        _shared.Free(weight);
        if (bias is not null)
        {
            _shared.Free(bias);
        }

        return packed;
    }
}
