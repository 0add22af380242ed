using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Shape, type, place.</content>
    public partial class Tensor
    {
        /// <summary>Sizes of the dimensions; a copy.</summary>
        public long[] shape => size();

        public long Dimensions => Describe().Dimensions;

        public long ndim => Describe().Dimensions;

        public long NumberOfElements => Describe().Elements;

        /// <summary>Bytes of an element.</summary>
        public long ElementSize => Describe().ElementSize;

        public ScalarType dtype => (ScalarType)Describe().ScalarType;

        public Device device
        {
            get
            {
                TensorDescription description = Describe();
                DeviceType type = (DeviceType)description.DeviceType;
                return type == DeviceType.CPU ? CPU : new Device(type, description.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Describe().DeviceType;

        public int device_index => Describe().DeviceIndex;

        public bool is_sparse => Describe().IsSparse != 0;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_contiguous() => Describe().IsContiguous != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public long dim() => Describe().Dimensions;

        public long numel() => Describe().Elements;

        public long element_size() => Describe().ElementSize;

        public long storage_offset() => Describe().StorageOffset;

        public unsafe long[] size()
        {
            TensorDescription description = Describe();
            long[] sizes = new ReadOnlySpan<long>(description.Sizes, (int)description.Dimensions).ToArray();
            GC.KeepAlive(this);
            return sizes;
        }

        /// <summary>One dimension's size; negative dimensions count from the end.</summary>
        /// <exception cref="ExternalException">There is no such dimension.</exception>
        public long size(int dim) => Dispatcher.CallValue("aten::size.int", this, dim).Integer;

        /// <summary>Elements from one index to the next, by dimension.</summary>
        /// <exception cref="InvalidOperationException">The tensor is sparse.</exception>
        public unsafe long[] stride()
        {
            TensorDescription description = Describe();
            if (description.Strides is null)
            {
                throw new InvalidOperationException("a sparse tensor has no strides");
            }

            int dimensions = (int)description.Dimensions;
            long[] strides = new ReadOnlySpan<long>(description.Strides, dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => Dispatcher.CallValue("aten::stride.int", this, dim).Integer;

        public override string ToString() => IsInvalid
            ? "[disposed]"
            : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        private TensorDescription Describe()
        {
            TorchNative.Check(TorchNative.TensorDescribe(LiveHandle, out TensorDescription description));
            return description;
        }
    }
}
