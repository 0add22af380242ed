namespace TorchSharp;

/// <summary>One number of whatever type; numbers convert to it by themselves.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ValueKind kind, torch.ScalarType type, long integer = 0, double real = 0)
    {
        Kind = kind;
        Type = type;
        Integer = integer;
        Real = real;
    }

    public torch.ScalarType Type { get; }

    internal ValueKind Kind { get; }

    internal long Integer { get; }

    internal double Real { get; }

    public static implicit operator Scalar(byte value) =>
        new(ValueKind.Integer, torch.ScalarType.Int64, value);

    public static implicit operator Scalar(sbyte value) =>
        new(ValueKind.Integer, torch.ScalarType.Int64, value);

    public static implicit operator Scalar(short value) =>
        new(ValueKind.Integer, torch.ScalarType.Int64, value);

    public static implicit operator Scalar(int value) =>
        new(ValueKind.Integer, torch.ScalarType.Int64, value);

    public static implicit operator Scalar(long value) =>
        new(ValueKind.Integer, torch.ScalarType.Int64, value);

    public static implicit operator Scalar(Half value) =>
        new(ValueKind.Real, torch.ScalarType.Float64, real: (double)value);

    public static implicit operator Scalar(float value) =>
        new(ValueKind.Real, torch.ScalarType.Float64, real: value);

    public static implicit operator Scalar(double value) =>
        new(ValueKind.Real, torch.ScalarType.Float64, real: value);

    public static implicit operator Scalar(bool value) =>
        new(ValueKind.Boolean, torch.ScalarType.Bool, value ? 1 : 0);

    /// <summary>Nothing to give back; TorchSharp's scalars own native memory.</summary>
    public void Dispose()
    {
    }

    internal static Scalar From(NativeValue value) => value.Kind switch
    {
        ValueKind.Real => value.Real,
        ValueKind.Boolean => value.Integer != 0,
        _ => value.Integer,
    };
}
