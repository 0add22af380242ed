using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor over the array's own memory, which stays pinned while the tensor lives.</summary>
    /// <param name="rawArray">One-dimensional.</param>
    /// <param name="dtype">Another type than the array's makes a converted copy.</param>
    /// <param name="count">Elements; -1 is all from <paramref name="offset"/> on.</param>
    /// <param name="offset">In elements.</param>
    /// <param name="requires_grad">Whether gradients are recorded.</param>
    public static Tensor frombuffer(
        Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        long length = rawArray.LongLength;
        if (offset < 0 || offset >= length)
        {
            throw new ArgumentException($"invalid value for 'offset': {offset}");
        }

        count = count < 0 ? length - offset : count;
        if (count > length - offset)
        {
            throw new IndexOutOfRangeException($"element count is too large: {count}");
        }

        Tensor shared = Over(rawArray, [length], ElementTypeOf(rawArray));
        Tensor wanted = offset == 0 && count == length ? shared : Part(shared, offset, count);
        return Made(InTypeAndPlace(wanted, dtype, device: null), requires_grad);
    }

    /// <summary>A tensor of the array's shape over the array's own memory.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) =>
        from_array(rawArray, dtype: null, device);

    /// <param name="rawArray">
    /// Of any rank; its memory is shared unless type or device make a copy necessary.
    /// </param>
    /// <param name="dtype">The array's own for null.</param>
    /// <param name="device">The CPU for null.</param>
    /// <param name="requires_grad">Whether gradients are recorded.</param>
    /// <param name="names">None.</param>
    public static Tensor from_array(
        Array rawArray,
        ScalarType? dtype,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        Tensor shared = Over(rawArray, ShapeOf(rawArray), ElementTypeOf(rawArray));
        return Made(InTypeAndPlace(shared, dtype, device), requires_grad, names);
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) =>
        from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    private static Tensor OfScalar(Scalar value, ScalarType dtype, Device? device, bool requires_grad)
    {
        Tensor made = Dispatcher.Call("aten::scalar_tensor", value, dtype, default, InitializeDevice(device));
        return Made(made, requires_grad);
    }

    private static Tensor Copied<T>(
        ReadOnlySpan<T> values,
        ReadOnlySpan<long> dimensions,
        ScalarType? dtype,
        Device? device,
        bool requires_grad,
        string[]? names)
        where T : unmanaged
    {
        long elements = 1;
        foreach (long size in dimensions)
        {
            elements = checked(elements * size);
        }

        if (elements > values.Length)
        {
            throw new ArgumentException(
                $"mismatched total size creating a tensor from an array: {elements} vs. {values.Length}");
        }

        Tensor copy = empty(dimensions, ToScalarType(typeof(T)));
        unsafe
        {
            values[..(int)elements].CopyTo(new Span<T>(copy.DataPointer(), (int)elements));
        }

        return Made(InTypeAndPlace(copy, dtype, device), requires_grad, names);
    }

    private static Tensor Copied<T>(
        T[] values,
        ReadOnlySpan<long> dimensions,
        ScalarType? dtype,
        Device? device,
        bool requires_grad,
        string[]? names)
        where T : unmanaged =>
        Copied((ReadOnlySpan<T>)values, dimensions, dtype, device, requires_grad, names);

    private static Tensor Copied<T>(
        Array values, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        ReadOnlySpan<T> flat = MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
        return Copied(flat, ShapeOf(values), dtype, device, requires_grad, names);
    }

    private static unsafe Tensor Over(Array array, long[] shape, ScalarType type)
    {
        GCHandle pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        fixed (long* sizes = shape)
        {
            int status = TorchNative.TensorFromMemory(
                (void*)pin.AddrOfPinnedObject(),
                sizes,
                shape.Length,
                (int)type,
                &Unpin,
                GCHandle.ToIntPtr(pin),
                out TensorHandle tensor);
            if (status != 0)
            {
                pin.Free();
            }

            TorchNative.Check(status);
            return new Tensor(tensor);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private static Tensor Part(Tensor whole, long offset, long count)
    {
        using (whole)
        {
            return whole.narrow(0, offset, count);
        }
    }

    private static Tensor InTypeAndPlace(Tensor tensor, ScalarType? dtype, Device? device)
    {
        device = InitializeDevice(device);
        if ((dtype ?? tensor.dtype) == tensor.dtype && device.type == DeviceType.CPU)
        {
            return tensor;
        }

        return tensor.to(dtype ?? tensor.dtype, device, disposeAfter: true);
    }

    private static ScalarType ElementTypeOf(Array array) => ToScalarType(array.GetType().GetElementType()!);

    private static long[] ShapeOf(Array array) =>
        [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];
}
