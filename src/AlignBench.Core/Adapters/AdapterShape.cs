using System.Text.Json.Serialization;

namespace AlignBench.Adapters;

/// <summary>The layers of an adapter, in order.</summary>
public enum AdapterKind
{
    /// <summary>One linear map.</summary>
    Linear,

    /// <summary>Linear, GELU, LayerNorm, dropout, linear.</summary>
    MlpGeluNorm,

    /// <summary>Linear, LayerNorm, GELU, dropout, linear.</summary>
    MlpNormGelu,
}

/// <summary>Which formula of the Gaussian error linear unit; they differ by up to 4.7e-4.</summary>
public enum GeluForm
{
    /// <summary>x Φ(x).</summary>
    Erf,

    /// <summary>x / 2 (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    Tanh,
}

/// <summary>What an adapter computes, but for its weights.</summary>
/// <param name="Kind">Its layers.</param>
/// <param name="Inputs">Features of the frozen encoder, d.</param>
/// <param name="Outputs">Width of the shared space, e.</param>
public sealed record AdapterShape(AdapterKind Kind, int Inputs, int Outputs)
{
    /// <summary>Width between the two linear maps of an MLP.</summary>
    public int Hidden { get; init; }

    /// <summary>Whether linear maps have a bias.</summary>
    public bool Bias { get; init; } = true;

    public GeluForm Gelu { get; init; } = GeluForm.Erf;

    /// <summary>Share of an MLP's hidden units that a training step leaves out, 0 ≤ share &lt; 1.</summary>
    public double Dropout { get; init; }

    /// <summary>Of an MLP's LayerNorm (PyTorch's default).</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Names, sizes and first values of its parameters, in the order in which a generator draws them.</summary>
    [JsonIgnore]
    public IReadOnlyList<ParameterSpec> Parameters => Kind == AdapterKind.Linear
        ? [.. LinearMap("", Inputs, Outputs)]
        :
        [
            .. LinearMap("fc1.", Inputs, Hidden),
            new ParameterSpec("norm.weight", [Hidden]) { Start = 1 },
            new ParameterSpec("norm.bias", [Hidden]),
            .. LinearMap("fc2.", Hidden, Outputs),
        ];

    private IEnumerable<ParameterSpec> LinearMap(string prefix, int inputs, int outputs)
    {
        // nn.Linear's default: both uniform within ±1/√inputs.
        double reach = 1 / Math.Sqrt(inputs);
        yield return new ParameterSpec($"{prefix}weight", [outputs, inputs]) { Reach = reach };
        if (Bias)
        {
            yield return new ParameterSpec($"{prefix}bias", [outputs]) { Reach = reach };
        }
    }
}
