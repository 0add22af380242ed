using TorchSharp;

using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

public class IndexingTests
{
    [Fact]
    public void Index_WithEveryKindOfPlace_PicksAsPythonDoes()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(24).reshape(2, 3, 4);

        Assert.Equal([12, 13, 14, 15], Values(x[1, 0]));
        Assert.Equal([2, 6, 10], Values(x[0, TensorIndex.Colon, 2]));
        Assert.Equal([3, 7, 11, 15, 19, 23], Values(x[TensorIndex.Ellipsis, -1]));
        Assert.Equal([2, 1, 3, 4], x[TensorIndex.Colon, TensorIndex.None, ..].shape);
        Assert.Equal([2, 1, 4], x[TensorIndex.Colon, 1..2].shape);
        Assert.Equal([0, 2], Values(x[0, 0, TensorIndex.Slice(null, null, 2)]));
        Assert.Equal([2, 3], Values(x[0, 0, ^2..]));
        Assert.Equal(
            [20, 21, 22, 23, 12, 13, 14, 15], Values(x[1, TensorIndex.Tensor(tensor(new long[] { 2, 0 }))]));
        Assert.Equal([2, 3, 1], x[.., .., TensorIndex.Tensor(tensor(new long[] { 3 }))].shape);
        Assert.Equal([23], Values(x[TensorIndex.Tensor(x > 22)]));
    }

    // A mask over the first two dimensions leaves rows; a slice behind it works on their columns.
    [Fact]
    public void Index_WithAMaskOfTwoDimensions_LeavesTheRest()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(12).reshape(2, 2, 3);
        Tensor mask = tensor(new bool[,] { { true, false }, { false, true } });

        Tensor rows = x[TensorIndex.Tensor(mask), TensorIndex.Slice(1, 3)];
        Assert.Equal([2, 2], rows.shape);
        Assert.Equal([1, 2, 10, 11], Values(rows));
    }

    [Fact]
    public void IndexPut_WritesToThePlacesNamed()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros([2, 3], int64);

        x[1] = tensor(5L);
        x[TensorIndex.Colon, 0] = tensor(new long[] { 7, 8 });
        Tensor twice = tensor(new long[] { 1, 1 });
        x.index_put_(tensor(1L), [TensorIndex.Single(0), TensorIndex.Tensor(twice)], accumulate: true);
        Assert.Equal([7, 2, 0, 8, 5, 5], Values(x));
        x[TensorIndex.Tensor(x > 6)] = tensor(0L);
        Assert.Equal([0, 2, 0, 0, 5, 5], Values(x));
    }

    [Fact]
    public void Index_LeavesNoTensorBehind()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(24).reshape(2, 3, 4);
        int before = scope.DisposablesCount;

        _ = x[0, TensorIndex.Slice(1), TensorIndex.None, 1];
        _ = x[1, 2, 3];
        Assert.Equal(before + 2, scope.DisposablesCount);
    }

    [Fact]
    public void GatherScatterSelect_MoveTheRightValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(6).reshape(2, 3);
        Tensor places = tensor(new long[,] { { 2 }, { 0 } });

        Assert.Equal([2, 3], Values(x.gather(1, places)));
        Assert.Equal([0, 1, 9, 9, 4, 5], Values(x.scatter(1, places, full([2, 1], 9))));
        Assert.Equal([3, 4, 5, 0, 1, 2], Values(x.index_select(0, tensor(new long[] { 1, 0 }))));
        Assert.Equal([1, 4], Values(x.narrow(1, 1, 1)));
        (Tensor largest, Tensor where) = x.topk(2, dim: 1);
        Assert.Equal([2, 1, 5, 4], Values(largest));
        Assert.Equal([2, 1, 2, 1], Values(where));
    }

    private static long[] Values(Tensor tensor) => tensor.data<long>().ToArray();
}
