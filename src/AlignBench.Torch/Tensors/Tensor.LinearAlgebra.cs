namespace TorchSharp;

public static partial class torch
{
    /// <content>Products of matrices and vectors.</content>
    public partial class Tensor
    {
        /// <summary>[..., n, m] x [..., m, p] -> [..., n, p].</summary>
        public Tensor matmul(Tensor target) => Dispatcher.Call("aten::matmul", this, target);

        /// <summary>[n, m] x [m, p] -> [n, p].</summary>
        public Tensor mm(Tensor target) => Dispatcher.Call("aten::mm", this, target);

        /// <summary>[b, n, m] x [b, m, p] -> [b, n, p].</summary>
        public Tensor bmm(Tensor batch2) => Dispatcher.Call("aten::bmm", this, batch2);

        /// <summary>[n, m] x [m] -> [n].</summary>
        public Tensor mv(Tensor target) => Dispatcher.Call("aten::mv", this, target);

        public Tensor dot(Tensor target) => Dispatcher.Call("aten::dot", this, target);

        public Tensor outer(Tensor vec2) => Dispatcher.Call("aten::outer", this, vec2);

        /// <summary>beta * this + alpha * mat1 mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Dispatcher.Call("aten::addmm", this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Dispatcher.CallInPlace("aten::addmm_", this, mat1, mat2, (double)beta, (double)alpha);

        /// <summary>beta * this + alpha * batch1 batch2, batch by batch.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Dispatcher.Call("aten::baddbmm", this, batch1, batch2, (double)beta, (double)alpha);

        /// <summary>Keeps the values on and below the diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Dispatcher.Call("aten::tril", this, diagonal);

        public Tensor tril_(long diagonal = 0) => Dispatcher.CallInPlace("aten::tril_", this, diagonal);

        /// <summary>Keeps the values on and above the diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Dispatcher.Call("aten::triu", this, diagonal);

        public Tensor triu_(long diagonal = 0) => Dispatcher.CallInPlace("aten::triu_", this, diagonal);

        public Tensor trace() => Dispatcher.Call("aten::trace", this);

        public Tensor inverse() => Dispatcher.Call("aten::inverse", this);

        public Tensor det() => Dispatcher.Call("aten::det", this);

        public Tensor cholesky(bool upper = false) => Dispatcher.Call("aten::cholesky", this, upper);
    }
}
