namespace TorchSharp.Modules
{
    /// <summary>A tensor to be learned.</summary>
    public class Parameter : torch.Tensor
    {
        /// <param name="data">
        /// Becomes empty: its native tensor and its place in a scope go to the parameter.
        /// </param>
        /// <param name="requires_grad">Whether gradients are recorded.</param>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(Take(data.with_requires_grad(requires_grad)), scope: null) =>
            DisposeScope.Replace(data, this);

        private static TensorHandle Take(torch.Tensor data) => data.MoveHandle();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) =>
                new(data, requires_grad);
        }
    }
}
