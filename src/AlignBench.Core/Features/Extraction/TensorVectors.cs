using TorchSharp;

namespace AlignBench.Features.Extraction;

/// <summary>The border between tensors and plain vectors.</summary>
internal static class TensorVectors
{
    /// <summary>Runs an encoder without gradients; its [1, D] tensors become [D] vectors, all else is
    /// freed.</summary>
    public static float[][] Take(Func<torch.Tensor[]> encode)
    {
        using IDisposable inference = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        return [.. encode().Select(tensor => tensor.contiguous().data<float>().ToArray())];
    }

    /// <summary>
    /// The same for several items at once: [B, D] tensors, one a selection, become [B][selection] vectors of
    /// [D].
    /// </summary>
    public static float[][][] TakeRows(Func<torch.Tensor[]> encode)
    {
        using IDisposable inference = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        float[][][] rows = [.. encode().Select(RowsOf)];
        IEnumerable<int> items = Enumerable.Range(0, rows[0].Length);
        return [.. items.Select(i => rows.Select(ofSelection => ofSelection[i]).ToArray())];
    }

    private static float[][] RowsOf(torch.Tensor tensor) =>
        [.. tensor.contiguous().data<float>().ToArray().Chunk((int)tensor.shape[1])];
}
