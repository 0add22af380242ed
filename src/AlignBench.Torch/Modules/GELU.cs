namespace TorchSharp.Modules;

/// <summary>Gaussian error linear units.</summary>
public static class GELU
{
    /// <summary>Which formula.</summary>
    public enum Approximate
    {
        /// <summary>x Phi(x), by erf.</summary>
        none,

        /// <summary>x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).</summary>
        tanh,
    }
}
