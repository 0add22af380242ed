using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Gradients and parameters as a whole.</summary>
        public static partial class utils
        {
            /// <summary>
            /// Scales all gradients by one factor, so that the norm of all of them together is at most
            /// <paramref name="max_norm"/>.
            /// </summary>
            /// <param name="tensors">Those without a gradient are passed over.</param>
            /// <param name="norm_type">p of the p-norm, infinity among them.</param>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(
                IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable unrecorded = no_grad();
                Tensor[] gradients = [.. tensors.Select(parameter => parameter.grad).OfType<Tensor>()];
                if (gradients.Length == 0)
                {
                    return 0;
                }

                Tensor norms = stack(gradients.Select(gradient => linalg.vector_norm(gradient, norm_type)));
                double total = linalg.vector_norm(norms, norm_type).ToDouble();
                double factor = Math.Min(max_norm / (total + 1e-6), 1.0);
                foreach (Tensor gradient in gradients)
                {
                    gradient.mul_(factor);
                }

                return total;
            }

            /// <summary>Cuts every gradient value to [-clip_value, clip_value].</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable unrecorded = no_grad();
                foreach (Tensor gradient in tensors.Select(parameter => parameter.grad).OfType<Tensor>())
                {
                    gradient.clamp_(-clip_value, clip_value);
                }
            }
        }
    }
}
