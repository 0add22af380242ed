using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// Scaled dot-product attention in plain operators, as PyTorch's math kernel does it
/// (aten/src/ATen/native/transformers/ attention.cpp, _scaled_dot_product_attention_math): libtorch 1.13 has
/// no public operator of it.
/// </summary>
internal static class DotProductAttention
{
    // [..., N, C], [..., M, C], [..., M, C2] -> [..., N, C2]
    public static torch.Tensor Apply(
        torch.Tensor query,
        torch.Tensor key,
        torch.Tensor value,
        torch.Tensor? mask,
        double dropout,
        bool causal)
    {
        if (causal && mask is not null)
        {
            throw new ExternalException("Explicit attn_mask should not be set when is_causal=True");
        }

        using DisposeScope scope = torch.NewDisposeScope();
        // sqrt on both factors before the product, so that float16 doesn't overflow.
        double scale = Math.Sqrt(1 / Math.Sqrt(query.size(-1)));
        torch.Tensor scores = (query * scale).matmul(key.transpose(-2, -1) * scale);        // [..., N, M]
        torch.Tensor? bias = causal ? Causal(query, key) : Additive(mask, query.dtype);
        torch.Tensor weights = (bias is null ? scores : scores.add(bias)).softmax(-1);
        torch.Tensor kept = dropout > 0 ? torch.nn.functional.dropout(weights, dropout) : weights;
        return scope.MoveToOuter(kept.matmul(value));
    }

    private static torch.Tensor Causal(torch.Tensor query, torch.Tensor key)
    {
        torch.Tensor allowed = torch.ones(
            [query.size(-2), key.size(-2)], torch.ScalarType.Bool, query.device).tril();
        return Additive(allowed, query.dtype)!;
    }

    // true, allowed: 0; false: -infinity
    private static torch.Tensor? Additive(torch.Tensor? mask, torch.ScalarType type) =>
        mask is null || mask.dtype != torch.ScalarType.Bool
            ? mask
            : torch.zeros(mask.shape, type, mask.device)
                .masked_fill_(mask.logical_not(), double.NegativeInfinity);
}
