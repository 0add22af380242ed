using System.Collections.Frozen;
using AlignBench.Interop.Kernels;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Element-wise functions by the names that Hugging Face configurations use (transformers, ACT2FN).
/// </summary>
public static class Activations
{
    /// <summary>sqrt(2/π) as BLOOM's code writes it (modeling_bloom.py, bloom_gelu_forward).</summary>
    private const double BloomScale = 0.79788456;

    /// <summary>x Φ(x), exact (erf).</summary>
    public static Activation Gelu { get; } = new(x => nn.functional.gelu(x), KernelActivation.Gelu);

    /// <summary>The tanh approximation of <see cref="Gelu"/>.</summary>
    public static Activation TanhGelu { get; } =
        new(x => TanhForm(x, Math.Sqrt(2 / Math.PI)), KernelActivation.TanhGelu);

    /// <summary>
    /// BLOOM's: the tanh form with a rounded constant, which in float32 is the kernel's own.
    /// </summary>
    public static Activation BloomGelu { get; } =
        new(x => TanhForm(x, BloomScale), KernelActivation.TanhGelu);

    /// <summary>x σ(1.702 x), as OpenAI's CLIP.</summary>
    public static Activation QuickGelu { get; } =
        new(x => x.mul(1.702).sigmoid_().mul_(x), KernelActivation.QuickGelu);

    /// <summary>x σ(x).</summary>
    public static Activation Silu { get; } = new(x => nn.functional.silu(x), KernelActivation.Silu);

    /// <summary>max(x, 0).</summary>
    public static Activation Relu { get; } = new(x => x.relu(), KernelActivation.Relu);

    /// <summary>min(max(x, 0), 6).</summary>
    public static Activation Relu6 { get; } = new(x => x.clamp(0, 6), KernelActivation.Relu6);

    // Initialised in this order: after what it holds.
    private static readonly FrozenDictionary<string, Activation> s_byName =
        new Dictionary<string, Activation>
        {
            ["gelu"] = Gelu,
            ["gelu_python"] = Gelu,
            ["gelu_new"] = TanhGelu,
            ["gelu_pytorch_tanh"] = TanhGelu,
            ["gelu_fast"] = TanhGelu,
            ["quick_gelu"] = QuickGelu,
            ["silu"] = Silu,
            ["swish"] = Silu,
            ["relu"] = Relu,
            ["tanh"] = new(x => x.tanh()),
        }.ToFrozenDictionary();

    /// <summary>The names, for messages.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_byName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Looks a function up.</summary>
    /// <exception cref="ArgumentException">The name is not one of <see cref="Names"/>.</exception>
    public static Activation ByName(string name) =>
        s_byName.TryGetValue(name, out Activation? activation)
            ? activation
            : throw new ArgumentException(
                $"unknown activation {name}; known are {string.Join(", ", Names)}", nameof(name));

    private static Tensor TanhForm(Tensor x, double scale)
    {
        Tensor inner = x.mul(x).mul_(0.044715).add_(1).mul_(x).mul_(scale);
        return inner.tanh_().add_(1).mul_(x).mul_(0.5);
    }
}
