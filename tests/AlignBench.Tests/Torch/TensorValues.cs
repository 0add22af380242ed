using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

/// <summary>Comparison of a tensor with numbers worked out by hand.</summary>
internal static class TensorValues
{
    /// <summary>Of the given values, in row-major order, whatever its element type.</summary>
    public static void Are(Tensor actual, params double[] expected)
    {
        double[] values = actual.detach().to(ScalarType.Float64).data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], values[i], 1e-6);
        }
    }
}
