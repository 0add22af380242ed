namespace TorchSharp;

public static partial class torch
{
    /// <summary>The host's memory.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Shapes without values.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current GPU.</summary>
    /// <exception cref="InvalidOperationException">This libtorch has no CUDA, or no GPU answers.</exception>
    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    /// <summary>A device by its words, "cpu", "cuda" or "cuda:1".</summary>
    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) =>
        InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) =>
        InitializeDevice(new Device(deviceType, index));

    /// <summary>A GPU by its index.</summary>
    public static Device device(int index) => new(DeviceType.CUDA, index);

    /// <summary>The device itself, the CPU for null.</summary>
    /// <exception cref="InvalidOperationException">The device is a GPU and none answers.</exception>
    public static Device InitializeDevice(Device? device)
    {
        if (device is { type: DeviceType.CUDA } && !cuda.is_available())
        {
            throw new InvalidOperationException(
                $"Torch device type {device.type} did not initialise on the current machine.");
        }

        return device ?? CPU;
    }

    /// <summary>Where a tensor's values lie.</summary>
    public class Device
    {
        /// <exception cref="ArgumentException">No device is called so.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            string[] parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0], ignoreCase: true);
            index = parts.Length > 1 ? int.Parse(parts[1], provider: null) : -1;
        }

        public Device(string deviceType, int index = -1)
        {
            type = Enum.Parse<DeviceType>(deviceType, ignoreCase: true);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; private set; }

        /// <summary>-1 is the current one.</summary>
        public int index { get; private set; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            string name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index < 0 ? name : $"{name}:{index}";
        }
    }

    /// <summary>The GPUs.</summary>
    public static partial class cuda
    {
        /// <summary>True if this libtorch has CUDA and a GPU answers.</summary>
        public static bool is_available() => device_count() > 0;

        public static int device_count()
        {
            TorchNative.Check(TorchNative.CudaDevices(out int devices));
            return devices;
        }
    }

    public static bool cuda_is_available() => cuda.is_available();
}
