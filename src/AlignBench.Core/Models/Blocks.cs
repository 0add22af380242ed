using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>Runs one block so that nothing but its output is left in memory.</summary>
internal static class Blocks
{
    /// <summary>What <paramref name="block"/> returns, in the caller's scope; all else that it made is disposed.</summary>
    public static Tensor Run(Func<Tensor> block)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return block().MoveToOuterDisposeScope();
    }
}
