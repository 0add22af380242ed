using AlignBench.Nn;
using AlignBench.Nn.Weights;

namespace AlignBench.Features;

/// <summary>What an encoder's linear layers multiply: the words of <c>--precision</c> and of a study's <c>precision</c>.</summary>
public static class EncoderPrecision
{
    /// <summary>float32 throughout.</summary>
    public const string Fp32 = "fp32";

    /// <summary>See <see cref="Engine.Bf16Kernels"/>.</summary>
    public const string Bf16 = "bf16";

    public static IReadOnlyList<string> Names { get; } = [Fp32, Bf16];

    /// <summary>What layers run on.</summary>
    /// <exception cref="ConfigException">No such precision, or this CPU does not have it.</exception>
    internal static Engine EngineOf(string precision)
    {
        if (!Names.Contains(precision))
        {
            throw new ConfigException(
                $"precision: expected {string.Join(" or ", Names)}, got '{precision}'{Suggestion.For(precision, Names)}");
        }

        Engine engine = precision == Bf16 ? Engine.Bf16Kernels : Engine.Kernels;
        WeightReader.ThrowIfNotThere(engine, TorchSharp.torch.CPU);
        return engine;
    }
}
