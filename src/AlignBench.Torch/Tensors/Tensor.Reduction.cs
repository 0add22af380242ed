namespace TorchSharp;

public static partial class torch
{
    /// <content>Fewer values out of many, and orders.</content>
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Dispatcher.Call("aten::sum", this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1], keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call("aten::sum.dim_IntList", this, dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            sum(dim.ToArray(), keepdim, type);

        public Tensor mean() => Dispatcher.Call("aten::mean", this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call("aten::mean.dim", this, dimensions, keepdim, type);

        /// <param name="unbiased">Divides by n - 1, not n.</param>
        public Tensor std(bool unbiased = true) => Dispatcher.Call("aten::std", this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor std(
            long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call("aten::std.dim", InType(type), dimensions, unbiased, keepdim);

        /// <param name="unbiased">Divides by n - 1, not n.</param>
        public Tensor var(bool unbiased = true) => Dispatcher.Call("aten::var", this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor var(
            long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call("aten::var.dim", InType(type), dimensions, unbiased, keepdim);

        public Tensor max() => Dispatcher.Call("aten::max", this);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor, Tensor) max(long dim, bool keepdim = false) =>
            Dispatcher.CallTwo("aten::max.dim", this, dim, keepdim);

        public Tensor min() => Dispatcher.Call("aten::min", this);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor, Tensor) min(long dim, bool keepdim = false) =>
            Dispatcher.CallTwo("aten::min.dim", this, dim, keepdim);

        public Tensor amax(params long[] dims) => Dispatcher.Call("aten::amax", this, dims);

        public Tensor amin(params long[] dims) => Dispatcher.Call("aten::amin", this, dims);

        public Tensor argmax() => Argmax(dim: null, keepdim: false);

        public Tensor argmax(long dim, bool keepdim = false) => Argmax(dim, keepdim);

        public Tensor argmin() => Argmin(dim: null, keepdim: false);

        public Tensor argmin(long dim, bool keepdim = false) => Argmin(dim, keepdim);

        public Tensor argsort(long dim = -1, bool descending = false) =>
            Dispatcher.Call("aten::argsort", this, dim, descending);

        public (Tensor, Tensor) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Dispatcher.CallTwo("aten::sort.stable", this, stable, dim, descending);

        public (Tensor, Tensor) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Dispatcher.CallTwo("aten::topk", this, (long)k, (long)dim, largest, sorted);

        public (Tensor, Tensor) kthvalue(long k, long? dim, bool keepdim = false) =>
            Dispatcher.CallTwo("aten::kthvalue", this, k, dim ?? -1, keepdim);

        public Tensor median() => Dispatcher.Call("aten::median", this);

        public Tensor cumsum(long dim, ScalarType? type = null) =>
            Dispatcher.Call("aten::cumsum", this, dim, type);

        public Tensor cumprod(long dim, ScalarType? type = null) =>
            Dispatcher.Call("aten::cumprod", this, dim, type);

        public Tensor prod(ScalarType? type = null) => Dispatcher.Call("aten::prod", this, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call("aten::prod.dim_int", this, dim, keepdim, type);

        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Dispatcher.Call("aten::logsumexp", this, new long[] { dim }, keepdim);

        public Tensor norm(float p = 2) => Dispatcher.Call("aten::norm.Scalar", this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) =>
            Dispatcher.Call("aten::norm.ScalarOpt_dim", this, (double)p, new long[] { dim }, keepdim);

        public Tensor all() => Dispatcher.Call("aten::all", this);

        public Tensor all(long dim, bool keepdim = false) =>
            Dispatcher.Call("aten::all.dim", this, dim, keepdim);

        public Tensor any() => Dispatcher.Call("aten::any", this);

        public Tensor any(long dim, bool keepdim = false) =>
            Dispatcher.Call("aten::any.dim", this, dim, keepdim);

        public Tensor count_nonzero(long[]? dims = null) => dims is null
            ? Dispatcher.Call("aten::count_nonzero", this)
            : Dispatcher.Call("aten::count_nonzero.dim_IntList", this, dims);

        private Tensor Argmax(long? dim, bool keepdim) => Dispatcher.Call("aten::argmax", this, dim, keepdim);

        private Tensor Argmin(long? dim, bool keepdim) => Dispatcher.Call("aten::argmin", this, dim, keepdim);

        private Tensor InType(ScalarType? type) => type is null ? this : to_type(type.Value);
    }
}
