using System.Runtime.InteropServices;

namespace AlignBench.Interop.Kernels;

/// <summary>A kernel refused or failed; the message is its own.</summary>
public sealed class KernelException(string message) : ExternalException(message);
