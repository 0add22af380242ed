namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>Activations.</content>
        public static partial class functional
        {
            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) =>
                Written(x, x.gelu(approximate), inplace);

            public static Tensor relu(Tensor x, bool inplace = false) =>
                inplace ? x.relu_().alias() : x.relu();

            public static Tensor silu(Tensor x, bool inplace = false) =>
                inplace ? x.silu_().alias() : x.silu();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor tanh(Tensor x, bool inplace = false) =>
                inplace ? x.tanh_().alias() : x.tanh();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) =>
                input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                x.softplus(beta, threshold);

            public static Tensor leaky_relu(
                Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                Written(input, input.leaky_relu(negative_slope), inplace);

            // In place, where the tensor has no such method: the result is copied over the input.
            private static Tensor Written(Tensor input, Tensor result, bool inplace)
            {
                if (!inplace)
                {
                    return result;
                }

                using (result)
                {
                    return input.copy_(result).alias();
                }
            }
        }
    }
}
