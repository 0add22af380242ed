using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AlignBench.Interop.DuckDb;

/// <summary>What a column holds; the numbers are those of <c>duckdb_type</c>.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "SQL's names of SQL's types")]
public enum DuckDbKind
{
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    Varchar = 17,
    Blob = 18,
    Enum = 23,
    List = 24,
    Struct = 25,
    Null = 36,
}

/// <summary>A field of a struct type.</summary>
public sealed record DuckDbField(string Name, DuckDbType Type)
{
    /// <summary>In SQL's words: <c>bytes BLOB</c>.</summary>
    public override string ToString() => $"{Name} {Type}";
}

/// <summary>A column's type, nested ones with their parts.</summary>
public sealed class DuckDbType
{
    private DuckDbType(DuckDbKind kind) => Kind = kind;

    /// <summary>A kind that <see cref="DuckDbKind"/> does not name can be passed over, not read.</summary>
    public DuckDbKind Kind { get; }

    /// <summary>A list's element type.</summary>
    public DuckDbType? Element { get; private init; }

    /// <summary>A struct's fields, in order; empty for other kinds.</summary>
    public IReadOnlyList<DuckDbField> Fields { get; private init; } = [];

    /// <summary>An enum's values by number; empty for other kinds.</summary>
    public IReadOnlyList<string> EnumValues { get; private init; } = [];

    /// <summary>
    /// How an enum's numbers are stored: <c>UTinyInt</c>, <c>USmallInt</c> or <c>UInteger</c>.
    /// </summary>
    internal DuckDbKind EnumStorage { get; private init; }

    /// <summary>Whether whole numbers are held, of any width.</summary>
    public bool IsInteger => Kind is >= DuckDbKind.TinyInt and <= DuckDbKind.UBigInt;

    /// <summary>Whether texts are held.</summary>
    public bool IsText => Kind is DuckDbKind.Varchar or DuckDbKind.Enum;

    /// <summary>The position of a struct's field, or -1. Case counts, as in Parquet.</summary>
    public int IndexOf(string field)
    {
        for (int i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Name == field)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>In SQL's words: <c>STRUCT(bytes BLOB, path VARCHAR)</c>, <c>VARCHAR[]</c>.</summary>
    public override string ToString() => Kind switch
    {
        DuckDbKind.List => $"{Element}[]",
        DuckDbKind.Struct => $"STRUCT({string.Join(", ", Fields)})",
        DuckDbKind.Null => "NULL",
        _ when Enum.IsDefined(Kind) => Kind.ToString().ToUpperInvariant(),
        _ => string.Create(CultureInfo.InvariantCulture, $"another type ({(int)Kind})"),
    };

    internal static DuckDbType From(LogicalTypeHandle type)
    {
        DuckDbKind kind = (DuckDbKind)DuckDbNative.TypeKind(type);
        return kind switch
        {
            DuckDbKind.List => new DuckDbType(kind) { Element = Take(DuckDbNative.ListElementType(type)) },
            DuckDbKind.Struct => new DuckDbType(kind) { Fields = StructFields(type) },
            DuckDbKind.Enum => new DuckDbType(kind)
            {
                EnumStorage = (DuckDbKind)DuckDbNative.EnumStorage(type),
                EnumValues = Values(type),
            },
            _ => new DuckDbType(kind),
        };
    }

    private static DuckDbType Take(LogicalTypeHandle owned)
    {
        using LogicalTypeHandle type = owned;
        return From(type);
    }

    private static DuckDbField[] StructFields(LogicalTypeHandle type)
    {
        DuckDbField[] fields = new DuckDbField[checked((int)DuckDbNative.StructFieldCount(type))];
        for (int i = 0; i < fields.Length; i++)
        {
            string name = DuckDbNative.TakeText(DuckDbNative.OwnedStructFieldName(type, (ulong)i));
            fields[i] = new DuckDbField(name, Take(DuckDbNative.StructFieldType(type, (ulong)i)));
        }

        return fields;
    }

    private static string[] Values(LogicalTypeHandle type)
    {
        string[] values = new string[DuckDbNative.EnumSize(type)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = DuckDbNative.TakeText(DuckDbNative.OwnedEnumValue(type, (ulong)i));
        }

        return values;
    }
}
