using System.Runtime.InteropServices;
using AlignBench.Safetensors;

namespace AlignBench.Tests.Nn;

/// <summary>A checkpoint of normal numbers, the same each time: names with their shapes.</summary>
internal sealed class RandomWeights(params (string Name, long[] Shape)[] tensors) : IWeightSource
{
    public IReadOnlyList<string> Files => ["random"];

    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; } = tensors.ToDictionary(
        tensor => tensor.Name,
        tensor => new StoredTensor("random", tensor.Name, StoredType.F32, tensor.Shape, Offset: 0));

    /// <summary>A matrix's rows are about as long as its inputs' part of them.</summary>
    public void ReadBytes(StoredTensor tensor, long start, Span<byte> destination)
    {
        float[] values = Numbers(tensor.Name.Length + (int)tensor.Count, tensor.Count);
        float scale = tensor.Shape.Count > 1 ? MathF.Sqrt(tensor.Shape[0] / (float)tensor.Count) : 1;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= scale;
        }

        MemoryMarshal.AsBytes(values.AsSpan()).Slice((int)start, destination.Length).CopyTo(destination);
    }

    public void Dispose()
    {
    }

    /// <summary>Normal numbers (Box and Muller 1958).</summary>
    public static float[] Numbers(int seed, long count)
    {
        Random random = new(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < numbers.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            numbers[i] = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return numbers;
    }
}
