namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>Normalisation.</content>
        public static partial class functional
        {
            /// <summary>
            /// To mean 0, variance 1 (divided by n) over the last dimensions, then weight and bias.
            /// </summary>
            public static Tensor layer_norm(
                Tensor input,
                long[] normalized_shape,
                Tensor? weight = null,
                Tensor? bias = null,
                double eps = 1e-05) =>
                Dispatcher.Call("aten::layer_norm", input, normalized_shape, weight, bias, eps);

            /// <summary>[B, C, ...]: to mean 0, variance 1 over each group of channels.</summary>
            public static Tensor group_norm(
                Tensor input,
                long num_groups,
                Tensor? weight = null,
                Tensor? bias = null,
                double eps = 1e-05) =>
                Dispatcher.Call("aten::group_norm", input, num_groups, weight, bias, eps);

            /// <summary>
            /// [B, C, ...]: by the running statistics, or in training by the batch's, which move them.
            /// </summary>
            public static Tensor batch_norm(
                Tensor input,
                Tensor running_mean,
                Tensor running_var,
                Tensor? weight = null,
                Tensor? bias = null,
                bool training = false,
                double momentum = 0.1,
                double eps = 1e-05) => Dispatcher.Call(
                    "aten::batch_norm",
                    input,
                    weight,
                    bias,
                    running_mean,
                    running_var,
                    training,
                    momentum,
                    eps,
                    true);

            /// <summary>
            /// Divides by the p-norm along a dimension, which is at least <paramref name="eps"/>.
            /// </summary>
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor norm = linalg.vector_norm(input, p, [dim], keepdim: true);
                return scope.MoveToOuter(input / norm.clamp_min(eps));
            }

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-08) =>
                Dispatcher.Call("aten::cosine_similarity", x1, x2, dim, eps);
        }
    }
}
