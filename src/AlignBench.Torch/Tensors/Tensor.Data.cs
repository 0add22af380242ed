using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Values, in and out. All of it needs a tensor in host memory.</content>
    public partial class Tensor
    {
        /// <summary>
        /// The memory itself, row-major; good while the tensor lives and keeps its storage.
        /// </summary>
        /// <exception cref="InvalidOperationException">Not contiguous, or not in host memory.</exception>
        /// <exception cref="ArgumentException">
        /// More than 2^31 - 1 bytes (reading), or another size (writing).
        /// </exception>
        public Span<byte> bytes
        {
            get
            {
                long total = NumberOfElements * ElementSize;
                if (!is_contiguous())
                {
                    throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                }

                if (total > int.MaxValue)
                {
                    throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                }

                ThrowIfNotInHostMemory();
                unsafe
                {
                    return new Span<byte>(DataPointer(), (int)total);
                }
            }

            set
            {
                Span<byte> own = bytes;
                if (own.Length != value.Length)
                {
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                }

                value.CopyTo(own);
            }
        }

        /// <summary>The elements in row-major order, whatever the strides.</summary>
        /// <exception cref="ArgumentException">
        /// <typeparamref name="T"/> is not this tensor's element type.
        /// </exception>
        /// <exception cref="InvalidOperationException">Not in host memory.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ThrowIfNotOfType<T>();
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">
        /// Not exactly one element, or <typeparamref name="T"/> is not its type.
        /// </exception>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"Number of elements in the tensor must be 1");
            }

            return ReadCpuValue<T>(0);
        }

        /// <summary>Element <paramref name="i"/> in row-major order.</summary>
        public T ReadCpuValue<T>(long i)
            where T : unmanaged => data<T>()[i];

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        /// <summary>The only element, converted to a scalar of its kind.</summary>
        public Scalar ToScalar() => Scalar.From(Dispatcher.CallValue("aten::item", this));

        internal unsafe void* DataPointer()
        {
            TorchNative.Check(TorchNative.TensorData(LiveHandle, out void* data));
            return data;
        }

        internal void ThrowIfNotInHostMemory()
        {
            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. "
                    + "Move or copy the tensor to the cpu before reading.");
            }
        }

        private void ThrowIfNotOfType<T>()
        {
            ScalarType own = dtype;
            // bfloat16 has no .NET type: its 16 bits are read as they are.
            bool matches = own == ScalarType.BFloat16
                ? typeof(T) == typeof(short) || typeof(T) == typeof(ushort)
                : ToScalarType(typeof(T)) == own;
            if (!matches)
            {
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {own}");
            }
        }
    }
}
