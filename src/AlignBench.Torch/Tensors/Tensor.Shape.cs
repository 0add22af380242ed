namespace TorchSharp;

public static partial class torch
{
    /// <content>The same values in another shape.</content>
    public partial class Tensor
    {
        /// <summary>The transpose of a matrix.</summary>
        public Tensor T => Dispatcher.Call("aten::numpy_T", this);

        /// <summary>Transposes the last two dimensions.</summary>
        public Tensor mT => Dispatcher.Call("aten::mT", this);

        public Tensor reshape(params long[] shape) => Dispatcher.Call("aten::reshape", this, shape);

        public Tensor view(params long[] shape) => Dispatcher.Call("aten::view", this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Dispatcher.Call("aten::flatten.using_ints", this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes)
        {
            long[] own = shape;
            int at = (int)(dim < 0 ? dim + own.Length : dim);
            return view([.. own[..at], .. sizes, .. own[(at + 1)..]]);
        }

        public Tensor squeeze(long? dim = null) => dim is null
            ? Dispatcher.Call("aten::squeeze", this)
            : Dispatcher.Call("aten::squeeze.dim", this, dim);

        public Tensor unsqueeze(long dim) => Dispatcher.Call("aten::unsqueeze", this, dim);

        public Tensor permute(params long[] permutation) =>
            Dispatcher.Call("aten::permute", this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor transpose(long dim0, long dim1) =>
            Dispatcher.Call("aten::transpose.int", this, dim0, dim1);

        public Tensor t() => Dispatcher.Call("aten::t", this);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor movedim(long[] source, long[] destination) =>
            Dispatcher.Call("aten::movedim.intlist", this, source, destination);

        public Tensor expand(params long[] sizes) => expand(sizes, isImplicit: false);

        public Tensor expand(long[] sizes, bool isImplicit = false) =>
            Dispatcher.Call("aten::expand", this, sizes, isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            expand(sizes.ToArray(), isImplicit);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => Dispatcher.Call("aten::broadcast_to", this, shape);

        public Tensor repeat(params long[] sizes) => Dispatcher.Call("aten::repeat", this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Dispatcher.Call("aten::repeat_interleave.self_int", this, repeats, dim, output_size);

        public Tensor tile(long[] reps) => Dispatcher.Call("aten::tile", this, reps);

        public Tensor flip(params long[] dims) => Dispatcher.Call("aten::flip", this, dims);

        public Tensor roll(long shifts, long? dims = null) => Dispatcher.Call(
            "aten::roll", this, new long[] { shifts }, dims is null ? Array.Empty<long>() : [dims.Value]);

        public Tensor ravel() => Dispatcher.Call("aten::ravel", this);

        public Tensor contiguous() => Dispatcher.Call("aten::contiguous", this);

        public Tensor clone() => Dispatcher.Call("aten::clone", this);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Dispatcher.Call("aten::as_strided", this, size, strides, storageOffset);

        public Tensor unfold(long dimension, long size, long step) =>
            Dispatcher.Call("aten::unfold", this, dimension, size, step);

        /// <summary>At most <paramref name="chunks"/> parts of equal size, the last may be smaller.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) =>
            Dispatcher.CallList("aten::chunk", this, chunks, dim);

        /// <summary>Parts of <paramref name="size"/>, the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0) =>
            Dispatcher.CallList("aten::split.Tensor", this, size, (long)dim);

        public Tensor[] split(long[] sizes, long dim = 0) =>
            Dispatcher.CallList("aten::split_with_sizes", this, sizes, dim);

        public Tensor[] unbind(long dimension = 0) =>
            Dispatcher.CallList("aten::unbind.int", this, dimension);
    }
}
