using System.Runtime.InteropServices;

using TorchSharp;

using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

public class DtypeTests
{
    [Fact]
    public void Arrays_OfEachType_ComeBackAsTheyWere()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal([1.5f, -2f], tensor(new[] { 1.5f, -2f }).data<float>().ToArray());
        Assert.Equal([1.5, -2], tensor(new[] { 1.5, -2 }).data<double>().ToArray());
        Assert.Equal([1L << 40, -2], tensor(new[] { 1L << 40, -2 }).data<long>().ToArray());
        Assert.Equal([1 << 30, -2], tensor(new[] { 1 << 30, -2 }).data<int>().ToArray());
        Assert.Equal([0, 255], tensor(new byte[] { 0, 255 }).data<byte>().ToArray());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        Assert.Equal([(Half)1.5, (Half)(-2)], tensor(new[] { (Half)1.5, (Half)(-2) }).data<Half>().ToArray());
    }

    [Theory]
    [InlineData(ScalarType.Float32, 4)]
    [InlineData(ScalarType.Float64, 8)]
    [InlineData(ScalarType.Float16, 2)]
    [InlineData(ScalarType.BFloat16, 2)]
    [InlineData(ScalarType.Int64, 8)]
    [InlineData(ScalarType.Int32, 4)]
    [InlineData(ScalarType.Byte, 1)]
    public void To_AndBack_KeepsSmallIntegers(ScalarType type, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor numbers = arange(100).to(ScalarType.Float32);
        Tensor there = numbers.to(type);

        Assert.Equal(type, there.dtype);
        Assert.Equal(size, there.ElementSize);
        Assert.Equal(size, type.ElementSize());
        Assert.True(there.to(float32).Equals(numbers));
    }

    // 1.00390625 = 1 + 2^-8 lies between the bfloat16 numbers 1 and 1 + 2^-7: the tie goes to the even one,
    // 0x3F80.
    [Fact]
    public void Bfloat16_OfATie_IsTheEvenNeighbour()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tie = tensor(1.00390625f).bfloat16();

        Assert.Equal([0x80, 0x3F], tie.bytes.ToArray());
    }

    [Fact]
    public void Data_OfAnotherType_IsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2);

        Assert.Contains("not compatible with Float32", Assert.Throws<ArgumentException>(() =>
            x.data<double>()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => x.item<float>());
    }

    [Fact]
    public void Tensor_OfDimensionsThatDoNotFit_IsRefused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => tensor(new float[3], [2, 2]));

        Assert.Contains("4 vs. 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frombuffer_SharesTheArraysMemory_TensorCopiesIt()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] array = [1, 2, 3, 4];
        Tensor shared = frombuffer(array, float32);
        Tensor part = frombuffer(array, float32, count: 2, offset: 1);
        Tensor copied = tensor(array);
        Tensor converted = frombuffer(array, float64);

        array[1] = 9;
        Assert.Equal([1, 9, 3, 4], shared.data<float>().ToArray());
        Assert.Equal([9, 3], part.data<float>().ToArray());
        Assert.Equal([1, 2, 3, 4], copied.data<float>().ToArray());
        Assert.Equal([1, 2, 3, 4], converted.data<double>().ToArray());
    }

    [Fact]
    public void Frombuffer_AfterTheTensorIsFreed_LetsTheArrayGo()
    {
        WeakReference array = FreedBuffer();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(array.IsAlive);
    }

    [Fact]
    public void Bytes_AreTheTensorsOwnMemory()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros(2, 2);
        Span<float> values = MemoryMarshal.Cast<byte, float>(x.bytes);
        values[3] = 7;

        Assert.Equal(7f, x[1, 1].item<float>());
        Assert.Throws<InvalidOperationException>(() => x.t().bytes.Length);
        x.bytes = new byte[16];
        Assert.Equal(0f, x.sum().ToSingle());
    }

    [Fact]
    public void Accessor_OfAView_FollowsItsStrides()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor column = arange(6).reshape(2, 3)[TensorIndex.Colon, 1];
        TorchSharp.Utils.TensorAccessor<long> values = column.data<long>();

        Assert.Equal(2, values.Count);
        Assert.Equal([1, 4], values);
        values[1] = 40;
        Assert.Equal(40, column[1].item<long>());
        Assert.Throws<IndexOutOfRangeException>(() => values[2]);
        values.CopyFrom([5, 6]);
        Assert.Equal([5, 6], column.data<long>().ToArray());
    }

    [Fact]
    public void MultidimensionalArrays_KeepTheirShape()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor cube = tensor(new double[,,] { { { 1, 2 } }, { { 3, 4 } }, { { 5, 6 } } });

        Assert.Equal([3, 1, 2], cube.shape);
        Assert.Equal(4.0, cube[1, 0, 1].item<double>());
    }

    private static WeakReference FreedBuffer()
    {
        float[] array = [1, 2];
        using Tensor shared = frombuffer(array, float32);
        return new WeakReference(array);
    }
}
