using TorchSharp;

namespace AlignBench.Features;

/// <summary>The border between tensors and plain vectors.</summary>
internal static class TensorVectors
{
    /// <summary>Runs an encoder without gradients; its [1, D] tensors become [D] vectors, all else is freed.</summary>
    public static float[][] Take(Func<torch.Tensor[]> encode)
    {
        using IDisposable inference = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        return [.. encode().Select(tensor => tensor.contiguous().data<float>().ToArray())];
    }
}
