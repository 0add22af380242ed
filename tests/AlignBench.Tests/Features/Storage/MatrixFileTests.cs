using System.Text;
using AlignBench.Features;
using AlignBench.Features.Storage;
using AlignBench.Safetensors;

namespace AlignBench.Tests.Features.Storage;

public class MatrixFileTests
{
    // numpy.save of [[1, 2, 3], [4, 5, 6]], byte for byte: 10 bytes of start, a header padded to 128, the values.
    [Theory]
    [InlineData("<f4", false)]
    [InlineData("<f8", false)]
    [InlineData(">f8", false)]
    [InlineData("<f2", false)]
    [InlineData("<f4", true)]
    public void Read_Npy_IsTheMatrixWhateverTypeAndOrder(string type, bool isFortran)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.npy");
        File.WriteAllBytes(path, Npy(type, isFortran, "(2, 3)", isFortran ? [1, 4, 2, 5, 3, 6] : [1, 2, 3, 4, 5, 6]));

        FeatureMatrix matrix = MatrixFile.Read(path);

        Assert.True(MatrixFile.IsPlain(path));
        Assert.Equal((2, 3), (matrix.Rows, matrix.Columns));
        Assert.Equal([1, 2, 3, 4, 5, 6], matrix.Values);
    }

    [Theory]
    [InlineData("<i8", "(2, 3)", "expected floats (f2, f4 or f8), got '<i8'")]
    [InlineData("|O", "(2, 3)", "got '|O'")]
    [InlineData("<f4", "(6,)", "expected a matrix (n, d), got shape (6)")]
    [InlineData("<f4", "(3, 3)", "expected 36 bytes of values, got 24")]
    public void Read_AnotherNpy_IsALineThatNamesTheFile(string type, string shape, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.npy");
        File.WriteAllBytes(path, Npy(type is "<f4" ? type : "<f4", false, shape, [1, 2, 3, 4, 5, 6], type));

        DataException failure = Assert.Throws<DataException>(() => MatrixFile.Read(path));

        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoNpyAtAll_Says()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.npy", "1,2,3\n4,5,6\n");

        Assert.Contains("not a .npy file", Assert.Throws<DataException>(() => MatrixFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Safetensors_TakesTheOnlyTensorOrTheOneNamedFeatures()
    {
        using TemporaryFolder folder = new();
        Write(folder.File("one.safetensors"), ("anything", [2, 3]));
        Write(folder.File("two.safetensors"), ("features", [2, 3]), ("other", [6]));
        Write(folder.File("none.safetensors"), ("a", [2, 3]), ("b", [2, 3]));
        Write(folder.File("flat.safetensors"), ("a", [6]));

        Assert.Equal([1, 2, 3, 4, 5, 6], MatrixFile.Read(folder.File("one.safetensors")).Values);
        Assert.Equal(3, MatrixFile.Read(folder.File("two.safetensors")).Columns);
        Assert.True(MatrixFile.IsPlain(folder.File("two.safetensors")));
        DataException several = Assert.Throws<DataException>(() => MatrixFile.Read(folder.File("none.safetensors")));
        Assert.Contains("expected one tensor, or one named 'features', got a, b", several.Message, StringComparison.Ordinal);
        DataException flat = Assert.Throws<DataException>(() => MatrixFile.Read(folder.File("flat.safetensors")));
        Assert.Contains("expected a matrix [n, d], got F32 [6]", flat.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb\n", "expected 3 ids, one a line, for the rows of m.npy, got 2")]
    [InlineData("a\nb\na\n", "the id 'a' is there twice; several rows of an item are named a#0, a#1")]
    [InlineData("a\n\nc\n", "line 2: expected an id, got an empty line")]
    public void ReadIds_WrongOnes_AreALineThatNamesTheFile(string text, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("ids.txt", text);

        DataException failure = Assert.Throws<DataException>(() => MatrixFile.ReadIds(path, "m.npy", 3));

        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A .npy file of version 1.</summary>
    internal static byte[] Npy(string type, bool isFortran, string shape, double[] values, string? written = null)
    {
        string header = $"{{'descr': '{written ?? type}', 'fortran_order': {isFortran}, 'shape': {shape}, }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        using MemoryStream stream = new();
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        foreach (double value in values)
        {
            byte[] bytes = type switch
            {
                "<f4" => BitConverter.GetBytes((float)value),
                "<f2" => BitConverter.GetBytes((Half)value),
                ">f8" => [.. BitConverter.GetBytes(value).Reverse()],
                _ => BitConverter.GetBytes(value),
            };
            stream.Write(bytes);
        }

        return stream.ToArray();
    }

    private static void Write(string path, params (string Name, long[] Shape)[] tensors)
    {
        using SafetensorsWriter writer = new(
            path, [.. tensors.Select(tensor => new TensorSpec(tensor.Name, StoredType.F32, tensor.Shape))]);
        foreach ((string name, _) in tensors)
        {
            writer.Write<float>(name, [1, 2, 3, 4, 5, 6]);
        }

        writer.Commit();
    }
}
