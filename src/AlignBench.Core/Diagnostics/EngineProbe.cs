using TorchSharp;

namespace AlignBench.Diagnostics;

/// <summary>Has libtorch multiply two small matrices.</summary>
internal static class EngineProbe
{
    /// <returns>Version and devices, in words.</returns>
    /// <exception cref="InvalidOperationException">The product is wrong.</exception>
    public static string Describe()
    {
        using torch.Tensor ones = torch.ones(2, 3);
        using torch.Tensor turned = ones.t();
        using torch.Tensor product = ones.matmul(turned);              // [2, 2], 3 everywhere
        using torch.Tensor sum = product.sum();
        float got = sum.item<float>();
        return got == 12
            ? $"{torch.__version__}, {(torch.cuda.is_available() ? "CPU and CUDA" : "CPU")}"
            : throw new InvalidOperationException($"a product of ones: expected the sum 12, got {got}");
    }
}
