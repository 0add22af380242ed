using System.Runtime.InteropServices;

using TorchSharp;

using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

public class DispatcherTests
{
    [Fact]
    public void Invoke_OperatorThatIsNotThere_SaysSo()
    {
        ExternalException e = Assert.Throws<ExternalException>(() =>
            Dispatcher.Call("aten::no_such_thing.Tensor"));

        Assert.Contains("has no operator aten::no_such_thing.Tensor", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_WithAWrongArgument_NamesItAndWhatItExpects()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2);

        ExternalException e = Assert.Throws<ExternalException>(() =>
            Dispatcher.Call("aten::select.int", x, "dim", 0L));
        Assert.Contains("argument 'dim' expects int", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ExternalException>(() => Dispatcher.Call("aten::select.int", x));
        Assert.Contains("argument 'dim' has no default", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ExternalException>(() => Dispatcher.Call("aten::neg", x, 1L));
        Assert.Contains("takes 1 arguments, got 2", e.Message, StringComparison.Ordinal);
    }

    // More results and longer lists than the call's own scratch holds.
    [Fact]
    public void Invoke_WithLongLists_HandsThemOverWhole()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] rows = arange(300).reshape(300, 1).unbind(0);

        Assert.Equal(300, rows.Length);
        Assert.Equal(299, rows[299].item<long>());
        Assert.True(torch.cat(rows).Equals(arange(300)));
        Assert.Equal(100, torch.split(torch.cat(rows), [.. Enumerable.Repeat(3L, 100)]).Length);
    }

    [Fact]
    public void Call_AfterAFailure_Works()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2, 3);

        Assert.Throws<ExternalException>(() => x.matmul(x));
        Assert.Throws<InvalidOperationException>(() => torch.cat([x, Freed()]));
        Assert.Equal(6f, x.sum().item<float>());
        x.Dispose();
    }

    private static Tensor Freed()
    {
        Tensor x = ones(1);
        x.Dispose();
        return x;
    }
}
