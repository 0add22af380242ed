using System.Collections.Frozen;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Element-wise functions by the names that Hugging Face configurations use (transformers, ACT2FN).
/// </summary>
public static class Activations
{
    /// <summary>sqrt(2/π) as BLOOM's code writes it (modeling_bloom.py, bloom_gelu_forward).</summary>
    private const double BloomScale = 0.79788456;

    private static readonly FrozenDictionary<string, Func<Tensor, Tensor>> s_byName =
        new Dictionary<string, Func<Tensor, Tensor>>
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
            ["tanh"] = x => x.tanh(),
        }.ToFrozenDictionary();

    /// <summary>The names, for messages.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_byName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Looks a function up.</summary>
    /// <exception cref="ArgumentException">The name is not one of <see cref="Names"/>.</exception>
    public static Func<Tensor, Tensor> ByName(string name) =>
        s_byName.TryGetValue(name, out Func<Tensor, Tensor>? function)
            ? function
            : throw new ArgumentException(
                $"unknown activation {name}; known are {string.Join(", ", Names)}", nameof(name));

    /// <summary>x Φ(x), exact (erf).</summary>
    public static Tensor Gelu(Tensor x) => nn.functional.gelu(x);

    /// <summary>The tanh approximation of <see cref="Gelu"/>.</summary>
    public static Tensor TanhGelu(Tensor x) => TanhGelu(x, Math.Sqrt(2 / Math.PI));

    /// <summary>BLOOM's: the tanh form with a rounded constant.</summary>
    public static Tensor BloomGelu(Tensor x) => TanhGelu(x, BloomScale);

    /// <summary>x σ(1.702 x), as OpenAI's CLIP.</summary>
    public static Tensor QuickGelu(Tensor x) => x.mul(1.702).sigmoid_().mul_(x);

    /// <summary>x σ(x).</summary>
    public static Tensor Silu(Tensor x) => nn.functional.silu(x);

    /// <summary>max(x, 0).</summary>
    public static Tensor Relu(Tensor x) => x.relu();

    private static Tensor TanhGelu(Tensor x, double scale)
    {
        Tensor inner = x.mul(x).mul_(0.044715).add_(1).mul_(x).mul_(scale);
        return inner.tanh_().add_(1).mul_(x).mul_(0.5);
    }
}
