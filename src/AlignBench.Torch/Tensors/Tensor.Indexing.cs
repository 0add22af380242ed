namespace TorchSharp;

public static partial class torch
{
    /// <content>Parts of a tensor. Plain indices and slices are views; index tensors copy.</content>
    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => At(indices).copy_(value);
        }

        public Tensor this[long i1]
        {
            get => At(i1);
            set => At(i1).copy_(value);
        }

        public Tensor this[long i1, long i2]
        {
            get => At(i1, i2);
            set => At(i1, i2).copy_(value);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => At(i1, i2, i3);
            set => At(i1, i2, i3).copy_(value);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At(i1, i2, i3, i4);
            set => At(i1, i2, i3, i4).copy_(value);
        }

        public Tensor index(params TensorIndex[] indices) => IndexPlan.Apply(this, indices, (view, tensors) =>
            tensors.Length == 0 ? view.alias() : view.index(tensors!));

        public Tensor index(params Tensor[] indices) => Dispatcher.Call("aten::index.Tensor", this, indices);

        /// <summary>
        /// Writes <paramref name="value"/> to the places that <paramref name="indices"/> name.
        /// </summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) =>
            index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            IndexPlan.Apply(this, indices, (view, tensors) =>
            {
                if (tensors.Length > 0)
                {
                    return view.index_put_(value, tensors!, accumulate);
                }

                return accumulate ? view.add_(value) : view.copy_(value);
            });
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) =>
            index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Dispatcher.CallInPlace("aten::index_put_", this, indices, value, accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor filled = full([], value, dtype, device);
            return index_put_(filled, indices);
        }

        public Tensor select(long dim, long index) => Dispatcher.Call("aten::select.int", this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) =>
            Slice(dim, start, finish, step);

        public Tensor narrow(long dim, long start, long length) =>
            Dispatcher.Call("aten::narrow", this, dim, start, length);

        /// <summary>
        /// Rows (or columns ...) by number: <paramref name="index"/> is int32 or int64, one-dimensional.
        /// </summary>
        public Tensor index_select(long dim, Tensor index) =>
            Dispatcher.Call("aten::index_select", this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Dispatcher.Call("aten::index_add", this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Dispatcher.CallInPlace("aten::index_add_", this, dim, index, source, alpha);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Dispatcher.CallInPlace("aten::index_copy_", this, dim, index, source);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) =>
            Dispatcher.CallInPlace("aten::index_fill_.int_Scalar", this, dim, index, value);

        public Tensor gather(long dim, Tensor index) => Dispatcher.Call("aten::gather", this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Dispatcher.Call("aten::scatter.src", this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            Dispatcher.CallInPlace("aten::scatter_.src", this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            Dispatcher.Call("aten::scatter_add", this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) =>
            Dispatcher.CallInPlace("aten::scatter_add_", this, dim, index, src);

        public Tensor take(Tensor index) => Dispatcher.Call("aten::take", this, index);

        public Tensor take_along_dim(Tensor indices, long dim) =>
            Dispatcher.Call("aten::take_along_dim", this, indices, dim);

        public Tensor masked_select(Tensor mask) => Dispatcher.Call("aten::masked_select", this, mask);

        public Tensor masked_fill(Tensor mask, Scalar value) =>
            Dispatcher.Call("aten::masked_fill.Scalar", this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            Dispatcher.CallInPlace("aten::masked_fill_.Scalar", this, mask, value);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Dispatcher.Call("aten::diagonal", this, offset, dim1, dim2);

        public Tensor diag(long diagonal = 0) => Dispatcher.Call("aten::diag", this, diagonal);

        public Tensor nonzero() => Dispatcher.Call("aten::nonzero", this);

        /// <summary>Null is the dimension's own end.</summary>
        internal Tensor Slice(long dim, long? start, long? finish, long step) =>
            Dispatcher.Call("aten::slice.Tensor", this, dim, start, finish, step);

        // Indices from left to right; each takes the front dimension that the ones before it left.
        private Tensor At(params ReadOnlySpan<long> indices)
        {
            Tensor current = select(0, indices[0]);
            for (int i = 1; i < indices.Length; i++)
            {
                using Tensor previous = current;
                current = previous.select(0, indices[i]);
            }

            return current;
        }
    }
}
