using AlignBench.Safetensors;
using static TorchSharp.torch;

namespace AlignBench.Nn.Weights;

/// <summary>A table that stays in its file: rows are read and widened to float32 when they are asked
/// for.</summary>
/// <param name="source">Open as long as this is used.</param>
/// <param name="stored">[rows, width].</param>
internal sealed class StoredRowTable(IWeightSource source, StoredTensor stored)
{
    /// <summary>[count] row numbers -> [count, width] float32 on the CPU. Several threads may read.</summary>
    /// <exception cref="CheckpointException">The file is cut short.</exception>
    public Tensor Read(IReadOnlyList<long> rows)
    {
        long width = stored.Shape[1];
        Tensor read = empty([rows.Count, width], ScalarType.Float32, CPU);
        using Tensor flat = read.view(-1);
        for (int i = 0; i < rows.Count; i++)
        {
            using Tensor row = flat.narrow(0, i * width, width);
            WeightCopy.ToSingles(source, stored, rows[i] * width, row);
        }

        return read;
    }
}
