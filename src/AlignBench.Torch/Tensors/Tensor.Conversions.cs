namespace TorchSharp;

public static partial class torch
{
    /// <content>
    /// Numbers and arrays become tensors of their own type by themselves; single values, on demand, numbers.
    /// </content>
    public partial class Tensor
    {
        /// <summary>There so that a number prefers the overload that takes a scalar.</summary>
        /// <exception cref="InvalidOperationException">Always, as in TorchSharp.</exception>
        public static implicit operator Tensor(Scalar scalar) =>
            throw new InvalidOperationException("Should not be called.");

        public static implicit operator Tensor(byte value) => tensor(value);

        public static implicit operator Tensor(bool value) => tensor(value);

        public static implicit operator Tensor(int value) => tensor(value);

        public static implicit operator Tensor(long value) => tensor(value);

        public static implicit operator Tensor(float value) => tensor(value);

        public static implicit operator Tensor(double value) => tensor(value);

        public static implicit operator Tensor(byte[] value) => tensor(value);

        public static implicit operator Tensor(bool[] value) => tensor(value);

        public static implicit operator Tensor(int[] value) => tensor(value);

        public static implicit operator Tensor(long[] value) => tensor(value);

        public static implicit operator Tensor(float[] value) => tensor(value);

        public static implicit operator Tensor(double[] value) => tensor(value);

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        public static explicit operator byte(Tensor value) => value.ToByte();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();
    }
}
