namespace TorchSharp;

/// <content>Products of matrices and vectors.</content>
public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) =>
        input.addmm(mat1, mat2, beta, alpha);

    public static Tensor baddbmm(
        Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
        input.baddbmm(batch1, batch2, beta, alpha);

    /// <summary>A sum of products by its index letters, "bnd,bmd->bnm".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) =>
        Dispatcher.Call("aten::einsum", equation, tensors);

    /// <summary>Sums the products over the paired dimensions.</summary>
    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) =>
        Dispatcher.Call("aten::tensordot", a, b, dims1, dims2);

    public static Tensor trace(Tensor input) => input.trace();
}
