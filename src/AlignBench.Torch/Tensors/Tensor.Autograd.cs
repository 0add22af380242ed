namespace TorchSharp;

public static partial class torch
{
    /// <content>Gradients.</content>
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                TorchNative.Check(TorchNative.TensorRequiresGrad(LiveHandle, out int requires));
                return requires != 0;
            }

            set => TorchNative.Check(TorchNative.TensorSetRequiresGrad(LiveHandle, value ? 1 : 0));
        }

        /// <summary>
        /// The gradient that <see cref="backward()"/> added up, or null; to be freed by itself.
        /// </summary>
        public Tensor? grad
        {
            get
            {
                TorchNative.Check(TorchNative.TensorGrad(LiveHandle, out TensorHandle handle));
                return handle.IsInvalid ? null : new Tensor(handle);
            }

            set => TorchNative.Check(TorchNative.TensorSetGrad(
                LiveHandle, value is null ? TensorHandle.Null : value.LiveHandle));
        }

        /// <summary>True if no recorded operator made it.</summary>
        public bool is_leaf
        {
            get
            {
                TorchNative.Check(TorchNative.TensorIsLeaf(LiveHandle, out int leaf));
                return leaf != 0;
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps this tensor's gradient though it is no leaf.</summary>
        public void retain_grad() => TorchNative.Check(TorchNative.TensorRetainGrad(LiveHandle));

        /// <summary>The same memory outside the recorded graph.</summary>
        public Tensor detach() => Dispatcher.Call("aten::detach", this);

        public Tensor detach_() => Dispatcher.CallInPlace("aten::detach_", this);

        /// <summary>Adds d this / d leaf to each leaf's <see cref="grad"/>; this is one number.</summary>
        public void backward() => autograd.backward([this]);

        public void backward(
            IList<Tensor>? grad_tensors = null,
            bool retain_graph = false,
            bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
