namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>Pooling; a stride left out is the kernel's size.</content>
        public static partial class functional
        {
            public static Tensor max_pool1d(
                Tensor input,
                long kernel_size,
                long? stride = null,
                long? padding = null,
                long? dilation = null,
                bool ceil_mode = false) => Dispatcher.Call(
                    "aten::max_pool1d",
                    input,
                    kernel_size,
                    stride ?? kernel_size,
                    padding ?? 0,
                    dilation ?? 1,
                    ceil_mode);

            public static Tensor max_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                bool ceil_mode = false) => Dispatcher.Call(
                    "aten::max_pool2d",
                    input,
                    kernel_size,
                    strides ?? [],
                    padding ?? [0],
                    dilation ?? [1],
                    ceil_mode);

            public static Tensor max_pool2d(
                Tensor input,
                long kernel_size,
                long? stride = null,
                long? padding = null,
                long? dilation = null,
                bool ceil_mode = false) => max_pool2d(
                    input,
                    (long[])[kernel_size],
                    [stride ?? kernel_size],
                    [padding ?? 0],
                    [dilation ?? 1],
                    ceil_mode);

            public static Tensor avg_pool1d(
                Tensor input,
                long kernel_size,
                long? stride = null,
                long? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true) => Dispatcher.Call(
                    "aten::avg_pool1d",
                    input,
                    kernel_size,
                    stride ?? kernel_size,
                    padding ?? 0,
                    ceil_mode,
                    count_include_pad);

            public static Tensor avg_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? stride = null,
                long[]? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null) => Dispatcher.Call(
                    "aten::avg_pool2d",
                    input,
                    kernel_size,
                    stride ?? [],
                    padding ?? [0],
                    ceil_mode,
                    count_include_pad,
                    divisor_override);

            public static Tensor avg_pool2d(
                Tensor input,
                long kernel_size,
                long? stride = null,
                long padding = 0,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null) => avg_pool2d(
                    input,
                    (long[])[kernel_size],
                    [stride ?? kernel_size],
                    [padding],
                    ceil_mode,
                    count_include_pad,
                    divisor_override);

            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) =>
                Dispatcher.Call("aten::adaptive_avg_pool1d", input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Dispatcher.Call("aten::adaptive_avg_pool2d", input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                adaptive_avg_pool2d(input, (long[])[output_size, output_size]);

            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                adaptive_avg_pool2d(input, (long[])[output_size.Item1, output_size.Item2]);
        }
    }
}
