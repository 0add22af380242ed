namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>Losses.</content>
        public static partial class functional
        {
            /// <summary>-log softmax at the target class.</summary>
            /// <param name="input">[n, classes], logits.</param>
            /// <param name="target">[n] int64 classes, or [n, classes] probabilities.</param>
            /// <param name="weight">[classes] or null.</param>
            /// <param name="ignore_index">Targets that count as nothing.</param>
            /// <param name="reduction">Over the samples.</param>
            /// <param name="label_smoothing">The share of the target that goes to all classes alike.</param>
            public static Tensor cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) => Dispatcher.Call(
                    "aten::cross_entropy_loss",
                    input,
                    target,
                    weight,
                    (long)reduction,
                    ignore_index,
                    label_smoothing);

            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call("aten::nll_loss", input, target, weight, (long)reduction);

            public static Tensor mse_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call("aten::mse_loss", input, target, (long)reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call("aten::l1_loss", input, target, (long)reduction);

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null) => Dispatcher.Call(
                    "aten::binary_cross_entropy_with_logits",
                    input,
                    target,
                    weight,
                    pos_weights,
                    (long)reduction);

            /// <param name="log_target">The target is given as logarithms.</param>
            public static Tensor kl_div(
                Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Dispatcher.Call("aten::kl_div", input, target, (long)reduction, log_target);
        }
    }
}
