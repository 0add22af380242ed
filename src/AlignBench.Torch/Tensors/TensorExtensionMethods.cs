namespace TorchSharp;

/// <summary>The single value of a tensor as a .NET number, and back.</summary>
public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => (float)Number(value);

    public static double ToDouble(this torch.Tensor value) => Number(value);

    public static int ToInt32(this torch.Tensor value) => (int)ToInt64(value);

    public static long ToInt64(this torch.Tensor value)
    {
        Scalar scalar = value.ToScalar();
        return scalar.Kind == ValueKind.Real ? (long)scalar.Real : scalar.Integer;
    }

    public static bool ToBoolean(this torch.Tensor value) => Number(value) != 0;

    public static byte ToByte(this torch.Tensor value) => (byte)ToInt64(value);

    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool
            or torch.ScalarType.QInt8 or torch.ScalarType.QUInt8 => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat32 => 8,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => 4,
    };

    /// <summary>The tensor's native one as a parameter; the tensor becomes empty.</summary>
    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    private static double Number(torch.Tensor value)
    {
        Scalar scalar = value.ToScalar();
        return scalar.Kind == ValueKind.Real ? scalar.Real : scalar.Integer;
    }
}
