namespace TorchSharp;

/// <summary>One argument of an operator; anything the schema can want converts to it, null to None.</summary>
internal readonly struct Argument
{
    private Argument(ValueKind kind, long integer = 0, double real = 0, object? reference = null)
    {
        Kind = kind;
        Integer = integer;
        Real = real;
        Reference = reference;
    }

    /// <summary>The value that the schema gives for an argument left out.</summary>
    public static Argument Default { get; } = new(ValueKind.SchemaDefault);

    public ValueKind Kind { get; }

    public long Integer { get; }

    public double Real { get; }

    /// <summary>The tensor handle, generator handle, list or text.</summary>
    public object? Reference { get; }

    public static implicit operator Argument(torch.Tensor? value) =>
        value is null ? default : new(ValueKind.Tensor, reference: value.LiveHandle);

    public static implicit operator Argument(torch.Tensor?[]? value) =>
        value is null ? default : new(ValueKind.Tensors, reference: value);

    public static implicit operator Argument(long value) => new(ValueKind.Integer, value);

    public static implicit operator Argument(long? value) =>
        value is null ? default : new(ValueKind.Integer, value.Value);

    public static implicit operator Argument(double value) => new(ValueKind.Real, real: value);

    public static implicit operator Argument(double? value) =>
        value is null ? default : new(ValueKind.Real, real: value.Value);

    public static implicit operator Argument(bool value) => new(ValueKind.Boolean, value ? 1 : 0);

    public static implicit operator Argument(bool? value) =>
        value is null ? default : new(ValueKind.Boolean, value.Value ? 1 : 0);

    public static implicit operator Argument(long[]? value) =>
        value is null ? default : new(ValueKind.Integers, reference: value);

    public static implicit operator Argument(ReadOnlySpan<long> value) => value.ToArray();

    public static implicit operator Argument(double[]? value) =>
        value is null ? default : new(ValueKind.Reals, reference: value);

    public static implicit operator Argument(string? value) =>
        value is null ? default : new(ValueKind.Text, reference: value);

    public static implicit operator Argument(torch.ScalarType value) => new(ValueKind.Integer, (long)value);

    public static implicit operator Argument(torch.ScalarType? value) =>
        value is null ? default : new(ValueKind.Integer, (long)value.Value);

    public static implicit operator Argument(torch.Device? value) =>
        value is null ? default : new(ValueKind.Device, (long)value.type + (256L * (value.index + 1)));

    public static implicit operator Argument(torch.Generator? value) =>
        value is null ? default : new(ValueKind.Generator, reference: value.NativeHandle);

    public static implicit operator Argument(Scalar? value) => value switch
    {
        null => default,
        { Kind: ValueKind.Real } => new(ValueKind.Real, real: value.Real),
        _ => new(value.Kind, value.Integer),
    };
}
