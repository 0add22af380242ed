namespace TorchSharp;

public static partial class torch
{
    /// <summary>This thread's innermost scope, or null.</summary>
    public static DisposeScope CurrentDisposeScope => DisposeScopeStack.Current!;

    /// <summary>Tensors that this thread makes from here on belong to the new scope, until it ends.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeStack.Push();

    /// <summary>Runs <paramref name="expr"/> in a scope of its own, which only its result leaves.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(expr());
    }
}
