using AlignBench.Interop.Kernels;
using AlignBench.Nn.Convolutions;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Nn.Weights;

/// <content>Weights laid out for the CPU's kernels.</content>
public sealed partial class WeightReader
{
    /// <summary>What layers shall run on.</summary>
    public Engine Engine { get; private init; }

    /// <summary>Whether layers run on the CPU's kernels; on the meta device nothing runs.</summary>
    public bool UsesKernels =>
        Engine != Engine.Operators && Device.type == DeviceType.CPU && CpuKernels.IsAvailable;

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
            Engine == Engine.Bf16Kernels ? KernelPrecision.Bf16 : KernelPrecision.Fp32,
            weight.bytes,
            bias is null ? default : bias.bytes);
        return Own(packed, weight, bias);
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
        return Own(packed, weight, bias);
    }

    /// <exception cref="ConfigException">The engine is not to be had on this machine or device.</exception>
    internal static void ThrowIfNotThere(Engine engine, Device device)
    {
        if (engine == Engine.Bf16Kernels && device.type != DeviceType.META
            && !(device.type == DeviceType.CPU && CpuKernels.HasBFloat16))
        {
            // Spelled out: a text beside a device would be taken for the name of one.
            string where = device.type == DeviceType.CPU ? "this CPU" : device.ToString();
            throw new ConfigException(
                $"precision bf16: {where} has no bfloat16 products that a kernel could use "
                + $"(kernels here: {CpuKernels.Level ?? "none"}); use fp32");
        }
    }

    private T Own<T>(T packed, Tensor weight, Tensor? bias)
        where T : IDisposable
    {
        Own(packed);
        _owned.Free(weight);
        if (bias is not null)
        {
            _owned.Free(bias);
        }

        return packed;
    }
}
