namespace TorchSharp;

public static partial class torch
{
    /// <summary>Reverse-mode differentiation of what this process recorded.</summary>
    public static partial class autograd
    {
        public static void backward(
            Tensor tensor,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>
        /// Adds the gradients of <paramref name="tensors"/> to the leaves' <see cref="Tensor.grad"/>.
        /// </summary>
        /// <param name="tensors">Single numbers, unless <paramref name="grad_tensors"/> are given.</param>
        /// <param name="grad_tensors">What the tensors' own gradients are; ones by default.</param>
        /// <param name="retain_graph">
        /// Keeps the graph for a second time; by default only with the next.
        /// </param>
        /// <param name="create_graph">Records the gradients, too.</param>
        /// <param name="inputs">The leaves that get a gradient; all by default.</param>
        public static unsafe void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            using HandleList ofTensors = new(tensors);
            using HandleList ofGrads = new(grad_tensors);
            using HandleList ofInputs = new(inputs);
            fixed (nint* t = ofTensors.Pointers, g = ofGrads.Pointers, i = ofInputs.Pointers)
            {
                TorchNative.Check(TorchNative.Backward(
                    t,
                    ofTensors.Count,
                    g,
                    ofGrads.Count,
                    retain_graph ?? create_graph ? 1 : 0,
                    create_graph ? 1 : 0,
                    i,
                    ofInputs.Count));
            }
        }

        /// <summary>d outputs / d inputs, nothing accumulated.</summary>
        /// <returns>One for each input; null for an unused one, if that is allowed.</returns>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            using HandleList ofOutputs = new(outputs);
            using HandleList ofInputs = new(inputs);
            using HandleList ofGrads = new(grad_outputs);
            nint[] gradients = new nint[ofInputs.Count];
            fixed (nint* o = ofOutputs.Pointers, i = ofInputs.Pointers, g = ofGrads.Pointers)
            fixed (nint* found = gradients)
            {
                TorchNative.Check(TorchNative.Grad(
                    o,
                    ofOutputs.Count,
                    i,
                    ofInputs.Count,
                    g,
                    ofGrads.Count,
                    retain_graph ? 1 : 0,
                    create_graph ? 1 : 0,
                    allow_unused ? 1 : 0,
                    found));
            }

            return [.. gradients.Select(owned => owned == 0 ? null! : new Tensor(new TensorHandle(owned)))];
        }
    }
}
