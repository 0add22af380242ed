namespace AlignBench.Interop.Kernels;

/// <summary>
/// A square convolution over images whose channels lie together, with the weight laid out for the CPU once. May be
/// used from many threads at once; images of a batch do not influence each other.
/// </summary>
public sealed class PackedConvolution : IDisposable
{
    private readonly KernelNative.ConvolutionSpec _spec;
    private readonly KernelNative.ConvolutionHandle _handle;

    /// <param name="inputs">Channels before.</param>
    /// <param name="outputs">Channels after.</param>
    /// <param name="kernel">Side of the window.</param>
    /// <param name="stride">Step.</param>
    /// <param name="padding">Zeros on each side.</param>
    /// <param name="groups">Of channels that do not see each other.</param>
    /// <param name="weight">float32 [outputs, inputs / groups, kernel, kernel]; copied.</param>
    /// <param name="bias">float32 [outputs]; copied.</param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    /// <exception cref="KernelException">The groups don't divide the channels.</exception>
    public PackedConvolution(
        int inputs,
        int outputs,
        int kernel,
        int stride,
        int padding,
        int groups,
        ReadOnlySpan<byte> weight,
        ReadOnlySpan<byte> bias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        CpuKernels.ThrowIfNot((long)outputs * (inputs / groups) * kernel * kernel, weight, nameof(weight));
        CpuKernels.ThrowIfNot(outputs, bias, nameof(bias));
        _spec = new KernelNative.ConvolutionSpec(inputs, outputs, kernel, stride, padding, groups);
        KernelNative.Check(KernelNative.ConvolutionCreate(_spec, weight, bias, out _handle));
    }

    /// <summary>Channels after.</summary>
    public long Outputs => _spec.Outputs;

    /// <summary>Height or width of the result.</summary>
    /// <param name="size">Height or width before.</param>
    public long SizeAfter(long size) => ((size + (2 * _spec.Padding) - _spec.Kernel) / _spec.Stride) + 1;

    /// <summary>y = activation(convolution of x + bias + residual).</summary>
    /// <param name="images">B.</param>
    /// <param name="height">Of x, in pixels.</param>
    /// <param name="width">Of x, in pixels.</param>
    /// <param name="activation">Of every value, behind the sum.</param>
    /// <param name="x">[B, height, width, inputs].</param>
    /// <param name="residual">As y, or empty.</param>
    /// <param name="y">[B, height after, width after, outputs], overwritten; may be the residual.</param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    /// <exception cref="KernelException">The image is smaller than the window.</exception>
    public void Run(
        long images,
        long height,
        long width,
        KernelActivation activation,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> residual,
        Span<byte> y)
    {
        CpuKernels.ThrowIfNot(images * height * width * _spec.Inputs, x, nameof(x));
        CpuKernels.ThrowIfNot(images * SizeAfter(height) * SizeAfter(width) * Outputs, y, nameof(y));
        CpuKernels.ThrowIfNot(residual.IsEmpty ? 0 : y.Length / sizeof(float), residual, nameof(residual));
        KernelNative.Check(KernelNative.ConvolutionRun(
            _handle, images, height, width, activation, x, residual, y));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
