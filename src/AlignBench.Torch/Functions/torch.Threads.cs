using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch behind, as "1.13.0".</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)TorchNative.Version())!;

    /// <summary>Threads inside one operator. 1 until set: the program splits its work by items.</summary>
    public static int get_num_threads()
    {
        TorchNative.Check(TorchNative.Threads(out int threads));
        return threads;
    }

    public static void set_num_threads(int num) => TorchNative.Check(TorchNative.SetThreads(num));

    public static int get_num_interop_threads()
    {
        TorchNative.Check(TorchNative.InteropThreads(out int threads));
        return threads;
    }

    public static void set_num_interop_threads(int num) =>
        TorchNative.Check(TorchNative.SetInteropThreads(num));
}
