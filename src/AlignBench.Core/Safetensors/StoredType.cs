using System.Collections.Frozen;

namespace AlignBench.Safetensors;

/// <summary>The element types of a checkpoint file, by their names in safetensors.</summary>
public enum StoredType
{
    Bool,
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F8E4M3,
    F8E5M2,
    F16,
    BF16,
    F32,
    F64,
    C64,
}

/// <summary>Names, widths and .NET types of <see cref="StoredType"/>.</summary>
public static class StoredTypes
{
    private static readonly FrozenDictionary<string, StoredType> s_byName = new Dictionary<string, StoredType>
    {
        ["BOOL"] = StoredType.Bool,
        ["U8"] = StoredType.U8,
        ["I8"] = StoredType.I8,
        ["U16"] = StoredType.U16,
        ["I16"] = StoredType.I16,
        ["U32"] = StoredType.U32,
        ["I32"] = StoredType.I32,
        ["U64"] = StoredType.U64,
        ["I64"] = StoredType.I64,
        ["F8_E4M3"] = StoredType.F8E4M3,
        ["F8_E5M2"] = StoredType.F8E5M2,
        ["F16"] = StoredType.F16,
        ["BF16"] = StoredType.BF16,
        ["F32"] = StoredType.F32,
        ["F64"] = StoredType.F64,
        ["C64"] = StoredType.C64,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<StoredType, string> s_names =
        s_byName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All names that can be read, for messages.</summary>
    public static string Known { get; } = string.Join(", ", s_byName.Keys.Order(StringComparer.Ordinal));

    /// <summary>Finds a type by its safetensors name (case matters).</summary>
    public static bool TryParse(string name, out StoredType type) => s_byName.TryGetValue(name, out type);

    /// <summary>The safetensors name.</summary>
    public static string Name(this StoredType type) => s_names[type];

    /// <summary>Bytes per element.</summary>
    public static int Width(this StoredType type) => type switch
    {
        StoredType.Bool or StoredType.U8 or StoredType.I8 or StoredType.F8E4M3 or StoredType.F8E5M2 => 1,
        StoredType.U16 or StoredType.I16 or StoredType.F16 or StoredType.BF16 => 2,
        StoredType.U32 or StoredType.I32 or StoredType.F32 => 4,
        _ => 8,
    };

    /// <summary>Whether a <typeparamref name="T"/> holds exactly one element.</summary>
    public static bool IsElement<T>(this StoredType type)
        where T : unmanaged => type switch
        {
            StoredType.Bool => typeof(T) == typeof(bool) || typeof(T) == typeof(byte),
            StoredType.U8 => typeof(T) == typeof(byte),
            StoredType.I8 => typeof(T) == typeof(sbyte),
            StoredType.U16 => typeof(T) == typeof(ushort),
            StoredType.I16 => typeof(T) == typeof(short),
            StoredType.U32 => typeof(T) == typeof(uint),
            StoredType.I32 => typeof(T) == typeof(int),
            StoredType.U64 => typeof(T) == typeof(ulong),
            StoredType.I64 => typeof(T) == typeof(long),
            StoredType.F16 => typeof(T) == typeof(Half),
            StoredType.F32 => typeof(T) == typeof(float),
            StoredType.F64 => typeof(T) == typeof(double),
            _ => false,
        };
}
