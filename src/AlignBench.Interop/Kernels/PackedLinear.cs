namespace AlignBench.Interop.Kernels;

/// <summary>
/// y = x · weightᵀ + bias with the weight laid out for the CPU once. May be used from many threads at once.
/// </summary>
public sealed class PackedLinear : IDisposable
{
    private readonly KernelNative.LinearHandle _handle;

    /// <param name="inputs">Values of a row of x.</param>
    /// <param name="outputs">Values of a row of the product.</param>
    /// <param name="precision">Of x and the weight in the product.</param>
    /// <param name="weight">float32 [outputs, inputs]; copied.</param>
    /// <param name="bias">float32 [outputs] or empty; copied.</param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    /// <exception cref="KernelException">No memory, or oneDNN can't.</exception>
    public PackedLinear(
        long inputs, long outputs, KernelPrecision precision, ReadOnlySpan<byte> weight, ReadOnlySpan<byte> bias)
    {
        CpuKernels.ThrowIfNot(inputs * outputs, weight, nameof(weight));
        CpuKernels.ThrowIfNot(bias.IsEmpty ? 0 : outputs, bias, nameof(bias));
        KernelNative.Check(KernelNative.LinearCreate(inputs, outputs, precision, weight, bias, out _handle));
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>Values of a row of x.</summary>
    public long Inputs { get; }

    /// <summary>Values of a row of the product.</summary>
    public long Outputs { get; }

    /// <summary>y = activation(x · weightᵀ + bias).</summary>
    /// <param name="rows">Of x and y.</param>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="activation">Of every value.</param>
    /// <param name="y">[rows, outputs], overwritten.</param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public void Run(long rows, ReadOnlySpan<byte> x, KernelActivation activation, Span<byte> y)
    {
        ThrowIfUnfit(rows, x, y);
        KernelNative.Check(KernelNative.LinearRun(_handle, activation, 0, rows, x, default, y));
    }

    /// <summary>y = x · weightᵀ + bias + residual.</summary>
    /// <param name="rows">Of x and y.</param>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="residual">[rows, outputs].</param>
    /// <param name="y">[rows, outputs], overwritten; may be <paramref name="residual"/>.</param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public void RunAndAdd(long rows, ReadOnlySpan<byte> x, ReadOnlySpan<byte> residual, Span<byte> y)
    {
        ThrowIfUnfit(rows, x, y);
        CpuKernels.ThrowIfNot(rows * Outputs, residual, nameof(residual));
        KernelNative.Check(KernelNative.LinearRun(_handle, KernelActivation.None, 0, rows, x, residual, y));
    }

    /// <summary>
    /// y = down(activation(this(x))) + residual; or, gated, the activation of the first half of this layer's outputs
    /// times the second half.
    /// </summary>
    /// <param name="down">Its inputs are this layer's outputs, or half of them where gated.</param>
    /// <param name="activation">Between the two.</param>
    /// <param name="gated">Whether the activation is a gate.</param>
    /// <param name="rows">Of x and y.</param>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="residual">[rows, outputs of <paramref name="down"/>], or empty.</param>
    /// <param name="y">[rows, outputs of <paramref name="down"/>], overwritten; may be the residual.</param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    public void RunInto(
        PackedLinear down,
        KernelActivation activation,
        bool gated,
        long rows,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> residual,
        Span<byte> y)
    {
        CpuKernels.ThrowIfNot(rows * Inputs, x, nameof(x));
        CpuKernels.ThrowIfNot(residual.IsEmpty ? 0 : rows * down.Outputs, residual, nameof(residual));
        CpuKernels.ThrowIfNot(rows * down.Outputs, y, nameof(y));
        KernelNative.Check(KernelNative.MlpRun(
            _handle, down._handle, activation, gated ? 1 : 0, rows, x, residual, y));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void ThrowIfUnfit(long rows, ReadOnlySpan<byte> x, Span<byte> y)
    {
        CpuKernels.ThrowIfNot(rows * Inputs, x, nameof(x));
        CpuKernels.ThrowIfNot(rows * Outputs, y, nameof(y));
    }
}
