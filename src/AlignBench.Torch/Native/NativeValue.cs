using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>What a value handed over the border is; the same numbers are in operators.cpp.</summary>
internal enum ValueKind
{
    None = 0,
    Tensor = 1,
    Tensors = 2,
    Integer = 3,
    Real = 4,
    Boolean = 5,
    Integers = 6,
    Reals = 7,
    Booleans = 8,
    Text = 9,
    Device = 10,
    Generator = 11,
    SchemaDefault = 12,
}

/// <summary>One argument or result as the shim sees it; pointers are good for the call only.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeValue
{
    [FieldOffset(0)]
    public ValueKind Kind;

    /// <summary>Items of a list, bytes of a text.</summary>
    [FieldOffset(4)]
    public int Length;

    [FieldOffset(8)]
    public long Integer;

    [FieldOffset(8)]
    public double Real;

    [FieldOffset(8)]
    public void* Pointer;
}
