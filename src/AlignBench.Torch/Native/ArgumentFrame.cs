using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp;

/// <summary>
/// The arguments of one call in native layout. Handles are held (not freed by another thread) until
/// <see cref="Release"/>; lists and texts are copied into the call's scratch, which lies on the stack unless
/// it is large.
/// </summary>
internal unsafe ref struct ArgumentFrame
{
    /// <summary>Scratch the caller gives, in 8-byte words: the sizes of some shapes.</summary>
    public const int StackWords = 64;

    private readonly NativeValue* _values;
    private readonly Span<long> _scratch;
    private int _used;
    private int _count;
    private List<long[]>? _large;
    private List<TensorHandle>? _held;

    /// <param name="values">Room for all arguments, on the stack.</param>
    /// <param name="scratch">On the stack, so that it doesn't move.</param>
    public ArgumentFrame(NativeValue* values, Span<long> scratch)
    {
        _values = values;
        _scratch = scratch;
    }

    public void Push(ref readonly Argument argument)
    {
        ref NativeValue value = ref _values[_count];
        value.Kind = argument.Kind;
        value.Length = 0;
        switch (argument.Kind)
        {
            case ValueKind.Real:
                value.Real = argument.Real;
                break;
            case ValueKind.Tensor:
            case ValueKind.Generator:
                value.Pointer = Hold((SafeHandle)argument.Reference!);
                break;
            case ValueKind.Tensors:
                Push(ref value, (torch.Tensor?[])argument.Reference!);
                break;
            case ValueKind.Integers:
                long[] integers = (long[])argument.Reference!;
                integers.CopyTo(Take(ref value, integers.Length, integers.Length));
                break;
            case ValueKind.Reals:
                double[] reals = (double[])argument.Reference!;
                MemoryMarshal.Cast<double, long>(reals).CopyTo(Take(ref value, reals.Length, reals.Length));
                break;
            case ValueKind.Text:
                string text = (string)argument.Reference!;
                int bytes = Encoding.UTF8.GetByteCount(text);
                Encoding.UTF8.GetBytes(text, MemoryMarshal.AsBytes(Take(ref value, bytes, (bytes + 7) / 8)));
                break;
            default:
                value.Integer = argument.Integer;
                break;
        }

        _count++;
    }

    /// <summary>Lets go of every handle held.</summary>
    public readonly void Release(ReadOnlySpan<Argument> arguments)
    {
        for (int i = 0; i < _count; i++)
        {
            if (arguments[i].Kind is ValueKind.Tensor or ValueKind.Generator)
            {
                ((SafeHandle)arguments[i].Reference!).DangerousRelease();
            }
        }

        foreach (TensorHandle handle in _held ?? [])
        {
            handle.DangerousRelease();
        }

        GC.KeepAlive(_large);
    }

    private static void* Hold(SafeHandle handle)
    {
        bool held = false;
        handle.DangerousAddRef(ref held);
        return (void*)handle.DangerousGetHandle();
    }

    private void Push(ref NativeValue value, torch.Tensor?[] tensors)
    {
        _held ??= [];
        Span<long> pointers = Take(ref value, tensors.Length, tensors.Length);
        for (int i = 0; i < tensors.Length; i++)
        {
            TensorHandle? handle = tensors[i]?.LiveHandle;
            pointers[i] = handle is null ? 0 : (long)Hold(handle);
            if (handle is not null)
            {
                _held.Add(handle);
            }
        }
    }

    private Span<long> Take(ref NativeValue value, int length, int words)
    {
        Span<long> taken;
        if (_used + words <= _scratch.Length)
        {
            taken = _scratch.Slice(_used, words);
            _used += words;
        }
        else
        {
            long[] large = GC.AllocateUninitializedArray<long>(words, pinned: true);
            (_large ??= []).Add(large);
            taken = large;
        }

        value.Length = length;
        value.Pointer = Unsafe.AsPointer(ref MemoryMarshal.GetReference(taken));
        return taken;
    }
}
