using AlignBench.Safetensors;

namespace AlignBench.Features.Storage;

/// <summary>
/// Features made elsewhere: a matrix of a row an item, in a <c>.npy</c> file or as a <c>.safetensors</c> tensor, and a
/// text file of its rows' ids.
/// </summary>
public static class MatrixFile
{
    private const string TensorName = "features";

    /// <summary>Whether a file holds a plain matrix, not what <c>alignbench extract</c> writes.</summary>
    /// <exception cref="AlignBenchException">The file can't be read.</exception>
    public static bool IsPlain(string path)
    {
        if (IsNpy(path))
        {
            return true;
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        return !file.Tensors.ContainsKey("digests");
    }

    /// <summary>Reads the matrix, widened to float64.</summary>
    /// <param name="path">
    /// A two-dimensional .npy array of floats, or a .safetensors file with one tensor, or one named <c>features</c>.
    /// </param>
    /// <returns>[n, d].</returns>
    /// <exception cref="DataException">It is no matrix of floats.</exception>
    public static FeatureMatrix Read(string path) => IsNpy(path) ? NpyFile.Read(path) : ReadTensor(path);

    /// <summary>The ids of a matrix's rows: one a line, <c>ITEM</c>, or <c>ITEM#K</c> for several rows of an item.</summary>
    /// <param name="path">Text; white space around an id does not count, an empty line is none.</param>
    /// <param name="matrix">For the message.</param>
    /// <param name="rows">As many ids as are expected.</param>
    /// <exception cref="DataException">There are more or fewer, or one is empty or there twice.</exception>
    public static string[] ReadIds(string path, string matrix, int rows)
    {
        string[] ids = [.. File.ReadLines(path).Select(line => line.Trim())];
        int empty = Array.IndexOf(ids, "");
        if (empty >= 0)
        {
            throw new DataException($"{path}, line {empty + 1}: expected an id, got an empty line");
        }

        if (ids.Length != rows)
        {
            throw new DataException($"{path}: expected {rows} ids, one a line, for the rows of {matrix}, got {ids.Length}");
        }

        string? twice = ids.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1)?.Key;
        return twice is null
            ? ids
            : throw new DataException(
                $"{path}: the id '{twice}' is there twice; several rows of an item are named {twice}#0, {twice}#1 ...");
    }

    private static bool IsNpy(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    private static FeatureMatrix ReadTensor(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        StoredTensor? tensor = file.Tensors.TryGetValue(TensorName, out StoredTensor? named)
            ? named
            : file.Tensors.Values.FirstOrDefault(_ => file.Tensors.Count == 1);
        if (tensor is null)
        {
            throw new DataException(
                $"{path}: expected one tensor, or one named '{TensorName}', got {string.Join(", ", file.Tensors.Keys.Order())}");
        }

        if (tensor.Shape.Count != 2 || tensor.Count > Array.MaxLength)
        {
            throw new DataException($"{path}: tensor {tensor.Name}: expected a matrix [n, d], got {tensor.Description}");
        }

        double[] values = tensor.Type switch
        {
            StoredType.F64 => file.Read<double>(tensor.Name),
            StoredType.F32 => [.. file.Read<float>(tensor.Name).Select(value => (double)value)],
            StoredType.F16 => Widen(file, tensor, bytes => (float)BitConverter.ToHalf(bytes)),
            StoredType.BF16 => Widen(file, tensor, bytes => BitConverter.Int32BitsToSingle(BitConverter.ToUInt16(bytes) << 16)),
            _ => throw new DataException($"{path}: tensor {tensor.Name}: expected floats, got {tensor.Description}"),
        };
        return new FeatureMatrix((int)tensor.Shape[0], (int)tensor.Shape[1], values);
    }

    private static double[] Widen(SafetensorsFile file, StoredTensor tensor, ReadFloat read)
    {
        byte[] bytes = new byte[tensor.Length];
        file.ReadBytes(tensor, 0, bytes);
        double[] values = new double[tensor.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes.AsSpan(i * 2, 2));
        }

        return values;
    }

    private delegate float ReadFloat(ReadOnlySpan<byte> bytes);
}
