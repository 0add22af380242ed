using System.Collections.Frozen;

namespace AlignBench.Safetensors;

/// <summary>
/// A function of a pickle, done by this program. It returns null for arguments that it does not take.
/// </summary>
internal sealed record PickleFunction(string Name, Func<object?[], object?> Call);

/// <summary>The numbers behind a pickled tensor.</summary>
/// <param name="Type">Of each.</param>
/// <param name="Key">Its name in the file.</param>
/// <param name="Count">How many.</param>
/// <param name="First">Numbers of the stored ones before the first.</param>
internal sealed record TorchStorage(StoredType Type, string Key, long Count, long First = 0);

/// <summary>A pickled tensor: a view of a storage.</summary>
internal sealed record TorchView(TorchStorage Storage, long Offset, long[] Shape, long[] Strides);

/// <summary>The names that a pickle of weights may use. All others are refused.</summary>
internal static class PickleNames
{
    private static readonly FrozenDictionary<string, StoredType> s_storages =
        new Dictionary<string, StoredType>
        {
            ["torch.BoolStorage"] = StoredType.Bool,
            ["torch.ByteStorage"] = StoredType.U8,
            ["torch.CharStorage"] = StoredType.I8,
            ["torch.ShortStorage"] = StoredType.I16,
            ["torch.IntStorage"] = StoredType.I32,
            ["torch.LongStorage"] = StoredType.I64,
            ["torch.HalfStorage"] = StoredType.F16,
            ["torch.BFloat16Storage"] = StoredType.BF16,
            ["torch.FloatStorage"] = StoredType.F32,
            ["torch.DoubleStorage"] = StoredType.F64,
            ["torch.ComplexFloatStorage"] = StoredType.C64,
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, PickleFunction> s_functions = new PickleFunction[]
    {
        new("collections.OrderedDict", OrderedDictionary),
        new("torch._utils._rebuild_tensor", Tensor),
        new("torch._utils._rebuild_tensor_v2", Tensor),
        new("torch._utils._rebuild_parameter", First),
        new("torch._utils._rebuild_parameter_with_state", First),
        new("torch.Size", First),
        new("torch.device", First),
    }.ToFrozenDictionary(function => function.Name);

    /// <summary>A function, or a name that stands for itself.</summary>
    /// <exception cref="CheckpointException">It is not one of those that weights need.</exception>
    public static object Find(string name, string path) =>
        s_functions.TryGetValue(name, out PickleFunction? function) ? function
        : s_storages.ContainsKey(name) ? new PickleName(name)
        : throw new CheckpointException(
            $"{path}: the pickle uses {name}, which is not on the list of what weights need: refused, "
            + "nothing was run");

    /// <summary>The elements of a storage class; null for anything else.</summary>
    public static StoredType? Storage(object? value) =>
        value is PickleName name && s_storages.TryGetValue(name.Name, out StoredType type) ? type : null;

    private static object? First(object?[] arguments) => arguments.Length > 0 ? arguments[0] : null;

    private static PickleDictionary? OrderedDictionary(object?[] arguments)
    {
        PickleDictionary dictionary = [];
        if (arguments.Length == 0)
        {
            return dictionary;
        }

        foreach (object? item in arguments[0] as List<object?> ?? [])
        {
            IReadOnlyList<object?>? pair = item as object?[] ?? (IReadOnlyList<object?>?)(
                item as List<object?>);
            if (pair is not [object key, object value])
            {
                return null;
            }

            dictionary.Add(new(key, value));
        }

        return arguments[0] is List<object?> ? dictionary : null;
    }

    private static TorchView? Tensor(object?[] arguments) =>
        arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]
            && shape.Length == strides.Length
            && shape.All(size => size is >= 0L)
            && strides.All(stride => stride is >= 0L)
            && offset >= 0
            ? new TorchView(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()])
            : null;
}
