namespace TorchSharp;

public static partial class torch
{
    /// <summary>start, start + step, ... below stop; int64 if all three are integers, else float32.</summary>
    public static Tensor arange(
        Scalar start,
        Scalar stop,
        Scalar step,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false)
    {
        bool integers = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        dtype ??= integers ? ScalarType.Int64 : get_default_dtype();
        return Made(
            Dispatcher.Call(
                "aten::arange.start_step", start, stop, step, dtype, default, InitializeDevice(device)),
            requires_grad);
    }

    public static Tensor arange(
        Scalar start,
        Scalar stop,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary><paramref name="steps"/> numbers from start to end, both included.</summary>
    public static Tensor linspace(
        double start,
        double end,
        long steps,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) => Made(
            Dispatcher.Call(
                "aten::linspace",
                start,
                end,
                steps,
                dtype ?? get_default_dtype(),
                default,
                InitializeDevice(device)),
            requires_grad);

    /// <summary>Ones on the diagonal.</summary>
    public static Tensor eye(
        long rows,
        long columns = -1,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) => Made(
            Dispatcher.Call(
                "aten::eye.m",
                rows,
                columns == -1 ? rows : columns,
                dtype ?? get_default_dtype(),
                default,
                InitializeDevice(device)),
            requires_grad,
            names);

    public static Tensor zeros_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        Made(Dispatcher.Call("aten::zeros_like", input, dtype, default, device), requires_grad, names);

    public static Tensor ones_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        Made(Dispatcher.Call("aten::ones_like", input, dtype, default, device), requires_grad, names);

    public static Tensor empty_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        Made(Dispatcher.Call("aten::empty_like", input, dtype, default, device), requires_grad, names);

    public static Tensor full_like(
        Tensor input,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null) =>
        Made(Dispatcher.Call("aten::full_like", input, value, dtype, default, device), requires_grad, names);

    /// <summary>The shared end of every factory.</summary>
    /// <exception cref="NotSupportedException">
    /// Names were given; named dimensions are not part of this subset.
    /// </exception>
    private static Tensor Made(Tensor tensor, bool requires_grad, string[]? names = null)
    {
        if (names is { Length: > 0 })
        {
            tensor.Dispose();
            throw new NotSupportedException("named dimensions are not supported");
        }

        return requires_grad ? tensor.requires_grad_() : tensor;
    }
}
