namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers as functions of their input and weights.</summary>
        public static partial class functional
        {
            /// <summary>input weights^T + bias: [..., in] with [out, in] -> [..., out].</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Dispatcher.Call("aten::linear", input, weights, bias);

            /// <summary>[B, in, L] with [out, in / groups, k] -> [B, out, L'].</summary>
            public static Tensor conv1d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long? stride = null,
                long? padding = null,
                long? dilation = null,
                long groups = 1) => Dispatcher.Call(
                    "aten::conv1d", input, weight, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups);

            /// <summary>[B, in, H, W] with [out, in / groups, kh, kw] -> [B, out, H', W'].</summary>
            public static Tensor conv2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                long groups = 1) => Dispatcher.Call(
                    "aten::conv2d",
                    input,
                    weight,
                    bias,
                    strides ?? [1],
                    padding ?? [0],
                    dilation ?? [1],
                    groups);

            /// <summary>
            /// Keeps with probability 1 - p and divides by it; the default generator draws.
            /// </summary>
            public static Tensor dropout(
                Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace
                    ? Dispatcher.Call("aten::dropout_", input, p, training)
                    : Dispatcher.Call("aten::dropout", input, p, training);

            /// <summary>softmax(query key^T / sqrt(C) + mask) value, [..., N, C].</summary>
            /// <param name="attn_mask">Added; or bool, true where attention is allowed.</param>
            /// <param name="p">Dropout on the attention weights.</param>
            /// <param name="is_casual">
            /// Each place sees itself and those before it; not together with a mask.
            /// </param>
            public static Tensor scaled_dot_product_attention(
                Tensor query,
                Tensor key,
                Tensor value,
                Tensor? attn_mask = null,
                double p = 0.0,
                bool is_casual = false) =>
                DotProductAttention.Apply(query, key, value, attn_mask, p, is_casual);

            /// <summary>Numbers to rows with a single 1; int64.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) =>
                Dispatcher.Call("aten::one_hot", x, num_classes);

            /// <param name="pad">Before and after, last dimension first.</param>
            public static Tensor pad(
                Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                Dispatcher.Call(
                    "aten::pad",
                    input,
                    pad,
                    NameOf(mode),
                    mode == PaddingModes.Constant ? value : default(Argument));

            private static string NameOf(PaddingModes mode) => mode switch
            {
                PaddingModes.Constant or PaddingModes.Zeros => "constant",
                _ => mode.ToString().ToLowerInvariant(),
            };
        }
    }
}
