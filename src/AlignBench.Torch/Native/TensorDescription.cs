using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>What can be read off a tensor without an operator; the same layout is in tensors.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorDescription
{
    public long Dimensions;
    public long Elements;
    public long StorageOffset;
    public long ElementSize;

    /// <summary>[Dimensions], good while the tensor keeps its shape.</summary>
    public long* Sizes;

    /// <summary>[Dimensions], null for sparse tensors.</summary>
    public long* Strides;

    public int ScalarType;
    public int DeviceType;
    public int DeviceIndex;
    public int IsContiguous;
    public int IsSparse;
    public int IsConjugate;
}
