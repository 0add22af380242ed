using AlignBench.Nn.Weights;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Nn.Weights;

public sealed class WeightReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadStacked_ThreeParts_StandBelowEachOther()
    {
        using DisposeScope scope = NewDisposeScope();
        using SafetensorsFile file = Write(
            ("a.w", [1, 2], [1f, 2f]), ("a.v", [2, 2], [3f, 4f, 5f, 6f]), ("a.u", [1, 2], [7f, 8f]));
        using WeightReader weights = new(file);

        Tensor stacked = weights.Under("a").ReadStacked(["w", "v", "u"], [1, 2, 1], 2);

        Assert.Equal([4, 2], stacked.shape);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], stacked.data<float>().ToArray());
        Assert.Equal(8, weights.Parameters);
        weights.Ignore("n");
        weights.ThrowIfUnread();
    }

    // Tensors compare by their numbers: taking one of two equal weights must not free the other.
    [Fact]
    public void Rearrange_OneOfTwoEqualWeights_LeavesTheOther()
    {
        using SafetensorsFile file = Write(("a", [2], [1f, 1f]), ("b", [2], [1f, 1f]));
        WeightReader weights = new(file);
        Tensor a = weights.Read("a", 2);
        Tensor b = weights.Read("b", 2);

        Tensor changed = weights.Rearrange(b, stored => stored + 1);

        Assert.Equal([1, 1], a.data<float>().ToArray());
        Assert.Equal([2, 2], changed.data<float>().ToArray());
        Assert.True(b.IsInvalid);
        weights.Dispose();
        Assert.True(a.IsInvalid);
        Assert.True(changed.IsInvalid);
    }

    [Theory]
    [InlineData("a", new long[] { 3 }, "tensor a: expected shape [3], got [2]")]
    [InlineData("c", new long[] { 2 }, "missing tensor c, expected with shape [2]")]
    [InlineData("n", new long[] { 1 }, "tensor n: expected F32, F16, BF16 or F64, got I64")]
    public void Read_WhatDoesNotFit_IsRefusedByNameAndShape(string name, long[] shape, string expected)
    {
        using SafetensorsFile file = Write(("a", [2], [1f, 1f]));
        using WeightReader weights = new(file);

        CheckpointException e = Assert.Throws<CheckpointException>(() => weights.Read(name, shape));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.Root, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfUnread_LeftOverTensors_NamesTheFirstAndCountsTheOthers()
    {
        using SafetensorsFile file = Write(
            ("x.a", [1], [1f]), ("x.b", [1], [1f]), ("head.0.w", [1], [1f]), ("c", [1], [1f]));
        using WeightReader weights = new(file);
        weights.Ignore("n", "head.*.w");
        weights.Read("c", 1);

        CheckpointException e = Assert.Throws<CheckpointException>(weights.ThrowIfUnread);

        Assert.Contains("left-over tensor x.a, F32 [1] (and 1 more)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rename_StackedTensor_IsReadInParts()
    {
        using DisposeScope scope = NewDisposeScope();
        using SafetensorsFile file = Write(("qk", [4], [1f, 2f, 3f, 4f]));
        using WeightReader weights = new(file);
        weights.Rename(name => name == "qk" ? ["q", "k"] : [name]);

        Assert.Equal([3, 4], weights.Read("k", 2).data<float>().ToArray());
        Assert.Equal([1, 2], weights.Read("q", 2).data<float>().ToArray());
        Assert.Throws<CheckpointException>(() => weights.Rename(_ => ["same"]));
    }

    /// <summary>A file with these float32 tensors, and an int64 scalar n.</summary>
    private SafetensorsFile Write(params (string Name, long[] Shape, float[] Values)[] tensors)
    {
        string path = _folder.File("x.safetensors");
        using (SafetensorsWriter writer = new(
            path,
            [
                new TensorSpec("n", StoredType.I64, 1),
                .. tensors.Select(tensor => new TensorSpec(tensor.Name, StoredType.F32, tensor.Shape)),
            ]))
        {
            writer.Write<long>("n", [1]);
            foreach ((string name, _, float[] values) in tensors)
            {
                writer.Write<float>(name, values);
            }

            writer.Commit();
        }

        return SafetensorsFile.Open(path);
    }
}
