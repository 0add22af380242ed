using System.Runtime.InteropServices;
using AlignBench.Interop.Kernels;

namespace AlignBench.Tests.Interop;

/// <summary>The border to the native kernels; the kernels themselves have tests in C++.</summary>
public class CpuKernelsTests
{
    // [1 2] times [[1 0], [1 1], [0 2]]' plus [0.5 0 -5] is [1.5 3 -1].
    [Fact]
    public void PackedLinear_TwoToThree_IsTheProductWorkedOutByHand()
    {
        using PackedLinear linear = new(2, 3, KernelPrecision.Fp32, Bytes(1, 0, 1, 1, 0, 2), Bytes(0.5f, 0, -5));
        float[] y = new float[3];

        linear.Run(1, Bytes(1, 2), KernelActivation.None, MemoryMarshal.AsBytes(y.AsSpan()));
        Assert.Equal([1.5f, 3, -1], y);

        linear.Run(1, Bytes(1, 2), KernelActivation.Relu, MemoryMarshal.AsBytes(y.AsSpan()));
        Assert.Equal([1.5f, 3, 0], y);

        linear.RunAndAdd(1, Bytes(1, 2), Bytes(10, 20, 30), MemoryMarshal.AsBytes(y.AsSpan()));
        Assert.Equal([11.5f, 23, 29], y);
    }

    [Fact]
    public void PackedLinear_WrongSizes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() =>
        {
            using PackedLinear linear = new(2, 3, KernelPrecision.Fp32, Bytes(1, 2), default);
        });
        using PackedLinear ok = new(2, 1, KernelPrecision.Fp32, Bytes(1, 2), default);
        Assert.Throws<ArgumentException>(() => ok.Run(2, Bytes(1, 2), KernelActivation.None, new byte[8]));
        Assert.Throws<ArgumentException>(() => ok.Run(1, Bytes(1, 2), KernelActivation.None, new byte[8]));
    }

    // What only the native side knows comes back in its words.
    [Fact]
    public void PackedLinear_GateOfAnOddNumber_IsRefusedByTheKernel()
    {
        using PackedLinear odd = new(2, 3, KernelPrecision.Fp32, Bytes(1, 0, 1, 1, 0, 2), default);
        using PackedLinear down = new(1, 1, KernelPrecision.Fp32, Bytes(1), default);

        KernelException e = Assert.Throws<KernelException>(() => odd.RunInto(
            down, KernelActivation.Silu, gated: true, 1, Bytes(1, 2), default, new byte[4]));
        Assert.Contains("even number", e.Message, StringComparison.Ordinal);
    }

    // Two keys with scores 0 and ln 3: weights 1/4 and 3/4 of the values 4 and 8.
    [Fact]
    public void Attention_TwoKeys_IsTheMeanWorkedOutByHand()
    {
        AttentionKernel kernel = new() { Heads = 1, KeyHeads = 1, Channels = 1, Scale = 1, Queries = 1 };
        float[] y = new float[1];

        kernel.Run(
            [0, 2],
            Bytes(1, 0, 4, 1, MathF.Log(3), 8),
            default,
            default,
            MemoryMarshal.AsBytes(y.AsSpan()));

        Assert.Equal(7, y[0], 1e-5f);
    }

    [Fact]
    public void Attention_EmptySequence_IsRefusedByTheKernel()
    {
        AttentionKernel kernel = new() { Heads = 1, KeyHeads = 1, Channels = 1, Scale = 1 };

        KernelException e = Assert.Throws<KernelException>(
            () => kernel.Run([0, 0, 1], Bytes(1, 2, 3), default, default, new byte[4]));
        Assert.Contains("sequence 0 has 0 rows", e.Message, StringComparison.Ordinal);
    }

    // Mean 2, variance 1; mean square 5.
    [Fact]
    public void Norms_TwoValues_AreThoseWorkedOutByHand()
    {
        float[] y = new float[2];

        CpuKernels.LayerNorm(1, Bytes(1, 3), default, default, 0, MemoryMarshal.AsBytes(y.AsSpan()));
        Assert.Equal([-1f, 1], y);

        CpuKernels.RmsNorm(1, Bytes(1, 3), Bytes(1, 2), 0, MemoryMarshal.AsBytes(y.AsSpan()));
        Assert.Equal(1 / MathF.Sqrt(5), y[0], 1e-6f);
        Assert.Equal(6 / MathF.Sqrt(5), y[1], 1e-6f);
    }

    private static byte[] Bytes(params float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
