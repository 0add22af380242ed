using System.Runtime.InteropServices;

namespace AlignBench.Interop.Lapack;

/// <summary>A LAPACK routine failed, which says that it did not converge.</summary>
public sealed class LapackException(string message) : ExternalException(message);
