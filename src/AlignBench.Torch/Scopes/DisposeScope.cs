namespace TorchSharp;

/// <summary>
/// Frees, when it ends, every tensor that its thread made in it, but for those moved out. Scopes nest; a
/// tensor belongs to at most one. Same rules as TorchSharp's, statistics left out.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly HashSet<IDisposable> _disposables = new(ReferenceEqualityComparer.Instance);
    private bool _disposed;

    internal DisposeScope(DisposeScope? outer) => Outer = outer;

    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            ThrowIfDisposed();
            return [.. _disposables];
        }
    }

    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    public int DisposablesCount
    {
        get
        {
            ThrowIfDisposed();
            return _disposables.Count;
        }
    }

    internal DisposeScope? Outer { get; set; }

    public bool Contains(IDisposable disposable) => _disposables.Contains(disposable);

    public void Attach(IDisposable disposable) => _ = Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => _ = Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes the tensors from the scopes they are in, if any.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        ThrowIfDisposed();
        List<IDisposable> attached = [];
        foreach (IDisposable disposable in disposables)
        {
            Own(disposable);
            attached.Add(disposable);
        }

        return attached;
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(params IDisposable[] keep) =>
        DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ThrowIfDisposed();
        IDisposable[] old = [.. _disposables];
        _disposables.Clear();
        _disposables.UnionWith(inKeep);
        foreach (IDisposable disposable in old)
        {
            if (!_disposables.Contains(disposable))
            {
                disposable.Dispose();
            }
        }
    }

    /// <summary>Forgets a tensor that is freed already.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        ThrowIfDisposed();
        _disposables.Remove(disposable);
        ((torch.Tensor)disposable).OwningDisposeScope = null;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        DisposeEverything();
        DisposeScopeStack.Remove(this);
        _disposed = true;
    }

    /// <summary>
    /// The place of <paramref name="original"/> in its scope goes to <paramref name="replacement"/>.
    /// </summary>
    internal static void Replace(torch.Tensor original, torch.Tensor replacement)
    {
        DisposeScope? scope = original.OwningDisposeScope;
        if (scope is not null && scope._disposables.Remove(original))
        {
            original.OwningDisposeScope = null;
            scope.Own(replacement);
        }
    }

    internal void Add(torch.Tensor made)
    {
        _disposables.Add(made);
        made.OwningDisposeScope = this;
    }

    private void Own(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor)
        {
            throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
        }

        if (tensor.OwningDisposeScope != this)
        {
            tensor.OwningDisposeScope?._disposables.Remove(tensor);
            Add(tensor);
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);
}
