using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// Calls ATen operators by their schema name, name or name.overload. Arguments are those of the schema, in
/// its order; those left out take the schema's defaults. Failures are <see cref="ExternalException"/>s with
/// libtorch's words.
/// </summary>
internal static class Dispatcher
{
    // Looked up once per name; afterwards the number is what crosses the border.
    private static readonly ConcurrentDictionary<string, int> s_operators = new(StringComparer.Ordinal);

    /// <summary>Calls an operator that returns one tensor.</summary>
    public static torch.Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[1];
        Invoke(name, arguments, results);
        return ToTensor(results[0]);
    }

    /// <summary>
    /// Calls an operator that changes its first argument; what it returns is that argument again.
    /// </summary>
    public static torch.Tensor CallInPlace(
        string name, torch.Tensor self, params ReadOnlySpan<Argument> others)
    {
        Span<Argument> arguments = new Argument[others.Length + 1];
        arguments[0] = self;
        others.CopyTo(arguments[1..]);
        Invoke(name, arguments, results: []);
        return self;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    public static (
        torch.Tensor First, torch.Tensor Second) CallTwo(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[2];
        Invoke(name, arguments, results);
        return (ToTensor(results[0]), ToTensor(results[1]));
    }

    /// <summary>Calls an operator that returns three tensors.</summary>
    public static (torch.Tensor First, torch.Tensor Second, torch.Tensor Third) CallThree(
        string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[3];
        Invoke(name, arguments, results);
        return (ToTensor(results[0]), ToTensor(results[1]), ToTensor(results[2]));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    public static unsafe torch.Tensor[] CallList(string name, params ReadOnlySpan<Argument> arguments)
    {
        const int AtOnce = 8;
        Span<NativeValue> first = stackalloc NativeValue[AtOnce];
        int count = Invoke(name, arguments, first);
        NativeValue[] rest = new NativeValue[Math.Max(count - AtOnce, 0)];
        if (rest.Length > 0)
        {
            fixed (NativeValue* pointer = rest)
            {
                TorchNative.Check(TorchNative.ResultsTake(pointer, rest.Length));
            }
        }

        torch.Tensor[] tensors = new torch.Tensor[count];
        for (int i = 0; i < count; i++)
        {
            tensors[i] = ToTensor(i < AtOnce ? first[i] : rest[i - AtOnce]);
        }

        return tensors;
    }

    /// <summary>Calls an operator that returns a number or a truth value.</summary>
    public static NativeValue CallValue(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[1];
        Invoke(name, arguments, results);
        return results[0];
    }

    private static unsafe torch.Tensor ToTensor(NativeValue value) => value.Kind == ValueKind.Tensor
        ? new torch.Tensor(new TensorHandle((nint)value.Pointer))
        : null!;                                     // an undefined result, as TorchSharp hands it out

    private static unsafe int Invoke(string name, ReadOnlySpan<Argument> arguments, Span<NativeValue> results)
    {
        if (!s_operators.TryGetValue(name, out int id))
        {
            id = Find(name);
        }

        NativeValue* values = stackalloc NativeValue[arguments.Length];
        ArgumentFrame frame = new(values, stackalloc long[ArgumentFrame.StackWords]);
        int count;
        try
        {
            foreach (ref readonly Argument argument in arguments)
            {
                frame.Push(in argument);
            }

            fixed (NativeValue* resultsPointer = results)
            {
                TorchNative.Check(TorchNative.Invoke(
                    id, values, arguments.Length, resultsPointer, results.Length, &count));
            }
        }
        finally
        {
            frame.Release(arguments);
        }

        return count;
    }

    private static int Find(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        string overload = dot < 0 ? "" : name[(dot + 1)..];
        TorchNative.Check(TorchNative.OperatorFind(dot < 0 ? name : name[..dot], overload, out int id));
        s_operators[name] = id;
        return id;
    }
}
