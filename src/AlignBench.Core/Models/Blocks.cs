using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>Runs blocks so that nothing but their outputs is left in memory.</summary>
internal static class Blocks
{
    /// <summary>
    /// What <paramref name="block"/> returns, in the caller's scope; all else that it made is disposed.
    /// </summary>
    public static Tensor Run(Func<Tensor> block)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return block().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The hidden states of a stack, each made when it is asked for: the caller's to dispose.
    /// </summary>
    /// <param name="embed">Hidden state 0.</param>
    /// <param name="blocks">Each a hidden state from the one before.</param>
    /// <param name="last">
    /// What the last one goes through before it is handed out; nothing if left out.
    /// </param>
    public static IEnumerable<Tensor> States(
        Func<Tensor> embed, IEnumerable<Func<Tensor, Tensor>> blocks, Func<Tensor, Tensor>? last = null)
    {
        Tensor x = Run(embed);
        Func<Tensor, Tensor>[] all = [.. blocks];
        for (int i = 0; i < all.Length; i++)
        {
            yield return x;
            Tensor before = x;
            x = Run(() => all[i](before));
        }

        yield return last is null ? x : Run(() => last(x));
    }
}
