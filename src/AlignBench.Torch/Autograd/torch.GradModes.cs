namespace TorchSharp;

public static partial class torch
{
    /// <summary>Nothing is recorded on this thread until the result is disposed of.</summary>
    public static IDisposable no_grad() => new GradModeGuard(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradModeGuard(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeGuard(mode);

    /// <summary>
    /// As <see cref="no_grad"/>, and the tensors made can never be recorded: the least overhead.
    /// </summary>
    public static IDisposable inference_mode(bool mode = true)
    {
        TorchNative.Check(TorchNative.InferenceGuardNew(mode ? 1 : 0, out InferenceGuardHandle guard));
        GC.SuppressFinalize(guard);          // the finalizer's thread has a mode of its own
        return guard;
    }

    public static bool is_grad_enabled()
    {
        TorchNative.Check(TorchNative.GradMode(out int enabled));
        return enabled != 0;
    }

    public static bool is_inference_mode_enabled()
    {
        TorchNative.Check(TorchNative.InferenceMode(out int enabled));
        return enabled != 0;
    }

    /// <summary>Sets the thread's mode, and sets it back at the end.</summary>
    private sealed class GradModeGuard : IDisposable
    {
        private readonly bool _before = is_grad_enabled();
        private bool _disposed;

        public GradModeGuard(bool enabled) => Set(enabled);

        public void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                Set(_before);
            }
        }

        private static void Set(bool enabled) => TorchNative.Check(TorchNative.SetGradMode(enabled ? 1 : 0));
    }
}
