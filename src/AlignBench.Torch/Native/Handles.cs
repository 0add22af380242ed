using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Owns one <c>at::Tensor*</c>.</summary>
internal sealed class TensorHandle : SafeHandle
{
    public TensorHandle()
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
    }

    /// <param name="owned">An <c>at::Tensor*</c> that nobody else frees.</param>
    public TensorHandle(nint owned)
        : this()
    {
        SetHandle(owned);
    }

    /// <summary>No tensor, where the shim takes one or none.</summary>
    public static TensorHandle Null { get; } = new();

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TorchNative.TensorFree(handle);
        return true;
    }
}

/// <summary>Owns one <c>at::Generator*</c>.</summary>
internal sealed class GeneratorHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TorchNative.GeneratorFree(handle);
        return true;
    }
}

/// <summary>
/// Owns one <c>c10::InferenceMode*</c>; to be disposed on the thread that made it, never by the finalizer.
/// </summary>
internal sealed class InferenceGuardHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TorchNative.InferenceGuardFree(handle);
        return true;
    }
}
