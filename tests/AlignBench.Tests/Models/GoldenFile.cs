using AlignBench.Safetensors;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>Reference tensors of one file.</summary>
internal sealed class GoldenFile(string path) : IDisposable
{
    private readonly SafetensorsFile _file = SafetensorsFile.Open(path);

    public IEnumerable<string> Names => _file.Tensors.Keys;

    public bool Has(string name) => _file.Tensors.ContainsKey(name);

    /// <summary>float32 or int64, as stored; bytes as int64.</summary>
    public Tensor Read(string name)
    {
        StoredTensor stored = _file.Tensors[name];
        long[] shape = [.. stored.Shape];
        return stored.Type switch
        {
            StoredType.I64 => tensor(_file.Read<long>(name), shape),
            StoredType.U8 => tensor(_file.Read<byte>(name).Select(value => (long)value).ToArray(), shape),
            _ => tensor(_file.Read<float>(name), shape),
        };
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Every element within an absolute tolerance; a NaN anywhere fails.</summary>
    public static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        double difference = MaxDifference(expected, actual);
        Assert.True(
            difference <= tolerance, $"{what}: differs by {difference:g3}, allowed are {tolerance:g3}");
    }

    /// <summary>
    /// Within a tolerance relative to the largest magnitude of the reference: the vision goldens' criterion.
    /// </summary>
    public static void AssertCloseToScale(Tensor expected, Tensor actual, double tolerance, string what) =>
        AssertClose(expected, actual, tolerance * expected.abs().max().item<float>(), what);

    private static double MaxDifference(Tensor expected, Tensor actual)
    {
        if (expected.numel() == 0)
        {
            return 0;
        }

        float difference = (expected - actual).abs().max().item<float>();
        return float.IsNaN(difference) ? double.PositiveInfinity : difference;
    }
}
