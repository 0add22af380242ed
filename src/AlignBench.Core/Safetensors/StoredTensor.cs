namespace AlignBench.Safetensors;

/// <summary>A tensor in a file: where it is and what it looks like, not its values.</summary>
/// <param name="File">Path of the file that holds it.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, row-major; empty for a scalar.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
public sealed record StoredTensor(
    string File, string Name, StoredType Type, IReadOnlyList<long> Shape, long Offset)
{
    /// <summary>Elements, 1 for a scalar.</summary>
    public long Count { get; } = Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Bytes in the file.</summary>
    public long Length => Count * Type.Width();

    /// <summary>As in messages: <c>F32 [2, 3]</c>.</summary>
    public string Description => $"{Type.Name()} {ShapeText(Shape)}";

    /// <summary><c>[2, 3]</c>.</summary>
    public static string ShapeText(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
