using TorchSharp;

using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

public class DisposeScopeTests
{
    [Fact]
    public void Dispose_FreesWhatWasMadeInTheScopeAndNothingElse()
    {
        using Tensor before = ones(2);
        Tensor inside;
        using (DisposeScope scope = NewDisposeScope())
        {
            inside = before + 1;
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(inside));
            Assert.Same(scope, CurrentDisposeScope);
        }

        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Use_AfterDispose_IsAnInvalidOperation()
    {
        Tensor x = ones(2);
        x.Dispose();
        x.Dispose();

        Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(() =>
            x.sum()).Message);
        Assert.Throws<InvalidOperationException>(() => x.shape);
    }

    [Fact]
    public void MoveToOuter_FromNestedScopes_LivesAsLongAsTheOuterOne()
    {
        Tensor moved;
        Tensor moved2;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (DisposeScope inner = NewDisposeScope())
            {
                (moved, moved2) = inner.MoveToOuter(ones(1), ones(1));
                Assert.Equal(0, inner.DisposablesCount);
            }

            Assert.False(moved.IsInvalid);
            Assert.Equal(2, outer.DisposablesCount);
            Assert.Same(moved2, moved2.MoveToOuterDisposeScope());      // no outer scope: out of all of them
        }

        Assert.True(moved.IsInvalid);
        Assert.False(moved2.IsInvalid);
        moved2.Dispose();
    }

    [Fact]
    public void DetachAndAttach_TakeTensorsOutAndIn()
    {
        Tensor kept;
        Tensor attached = ones(1);
        using (DisposeScope scope = NewDisposeScope())
        {
            kept = scope.Detach(ones(1));
            scope.Attach(attached);
            Assert.False(scope.Contains(kept));
            Assert.Equal([attached], scope.DisposablesView);
        }

        Assert.True(attached.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void MoveToOther_OnlyTensorsOfThisScope_AreMoved()
    {
        using DisposeScope first = NewDisposeScope();
        Tensor ofFirst = ones(1);
        using DisposeScope second = NewDisposeScope();
        Tensor ofSecond = ones(1);

        second.MoveToOther(first, [ofFirst, ofSecond]);
        Assert.True(first.Contains(ofSecond));
        Assert.Equal(2, first.DisposablesCount);
        Assert.Equal(0, second.DisposablesCount);
        ofSecond.MoveToOtherDisposeScope(second);
        Assert.True(second.Contains(ofSecond));
    }

    [Fact]
    public void DisposeEverythingBut_KeepsWhatItIsGiven()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = ones(1);
        Tensor b = ones(1);

        Tensor kept = scope.DisposeEverythingBut(a);
        Assert.Same(a, kept);
        Assert.False(a.IsInvalid);
        Assert.True(b.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.True(a.IsInvalid);
    }

    [Fact]
    public void Dispose_OfAnOuterScopeFirst_LeavesTheInnerOneInPlace()
    {
        DisposeScope outer = NewDisposeScope();
        DisposeScope inner = NewDisposeScope();

        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.DisposeEverything());
    }

    [Fact]
    public void Dispose_OfATensorByHand_TakesItOutOfItsScope()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(1);

        x.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Attach_OfSomethingElse_IsAnInvalidOperation()
    {
        using DisposeScope scope = NewDisposeScope();
        using MemoryStream stream = new();

        Assert.Throws<InvalidOperationException>(() => scope.Attach(stream));
    }

    [Fact]
    public void Scopes_OfTwoThreads_AreSeparate()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? theirs = null;
        Thread thread = new(() =>
        {
            Assert.Null(CurrentDisposeScope);
            theirs = ones(1);
        });
        thread.Start();
        thread.Join();

        Assert.False(scope.Contains(theirs!));
        theirs!.Dispose();
    }

    [Fact]
    public void WrappedTensorDisposeScope_LeavesTheResultOnly()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor result = WrappedTensorDisposeScope(() => (ones(2) + 1) * 2);

        Assert.Equal([result], scope.DisposablesView);
        Assert.Equal([4, 4], result.data<float>().ToArray());
    }

    [Fact]
    public void Parameter_OfATensorInAScope_TakesItsPlace()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor data = ones(2);
        TorchSharp.Modules.Parameter parameter = torch.nn.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.Equal([parameter], scope.DisposablesView);
    }
}
