namespace TorchSharp;

/// <summary>The native tensors of a list, held (not freed by another thread) until disposed of.</summary>
internal readonly ref struct HandleList
{
    private readonly TensorHandle[] _handles;

    /// <param name="tensors">Null is an empty list.</param>
    public HandleList(IList<torch.Tensor>? tensors)
    {
        _handles = [.. (tensors ?? []).Select(tensor => tensor.LiveHandle)];
        Pointers = new nint[_handles.Length];
        for (int i = 0; i < _handles.Length; i++)
        {
            bool held = false;
            _handles[i].DangerousAddRef(ref held);
            Pointers[i] = _handles[i].DangerousGetHandle();
        }
    }

    public nint[] Pointers { get; }

    public int Count => Pointers.Length;

    public void Dispose()
    {
        foreach (TensorHandle handle in _handles)
        {
            handle.DangerousRelease();
        }
    }
}
