using AlignBench.Nn.Positions;

namespace AlignBench.Models.Language;

/// <summary>
/// Rotary positions as a config.json describes them: <c>rope_theta</c> and <c>rope_scaling</c> (transformers
/// 4), or both in <c>rope_parameters</c> (transformers 5).
/// </summary>
/// <param name="Theta">Base of the frequencies.</param>
/// <param name="Scaling">None for the trained length.</param>
/// <param name="Fraction">Share of a head's channels that is turned.</param>
public sealed record RotarySettings(double Theta, RotaryScaling? Scaling, double Fraction)
{
    /// <summary>Reads the settings.</summary>
    /// <param name="config">Of the model.</param>
    /// <param name="defaultTheta">Where it says nothing.</param>
    /// <param name="defaultFraction">Where it says nothing.</param>
    /// <param name="thetaKey">Outside <c>rope_parameters</c>.</param>
    /// <param name="fractionKey">Outside <c>rope_parameters</c>.</param>
    /// <exception cref="CheckpointException">
    /// A kind of scaling that is not supported, or settings that contradict.
    /// </exception>
    public static RotarySettings From(
        ConfigReader config,
        double defaultTheta = 10000,
        double defaultFraction = 1,
        string thetaKey = "rope_theta",
        string fractionKey = "partial_rotary_factor")
    {
        double? theta = config.NumberOrNull(thetaKey);
        double? fraction = config.NumberOrNull(fractionKey);
        RotaryScaling? scaling = null;
        ConfigReader? old = config.Section("rope_scaling");
        ConfigReader? parameters = config.Section("rope_parameters");
        if (old is not null && parameters is not null)
        {
            throw config.Unsupported("rope_scaling", "rope_parameters is there too; expected one of them");
        }

        if ((parameters ?? old) is ConfigReader section)
        {
            theta = Agree(config, "rope_theta", theta, section.NumberOrNull("rope_theta"));
            fraction = Agree(
                config, "partial_rotary_factor", fraction, section.NumberOrNull("partial_rotary_factor"));
            scaling = Scaled(section);
            section.ThrowIfUnread();
        }

        return new RotarySettings(theta ?? defaultTheta, scaling, fraction ?? defaultFraction);
    }

    /// <summary>Channels of a head that are turned.</summary>
    public int WidthOf(int headWidth) => (int)(headWidth * Fraction);

    private static RotaryScaling? Scaled(ConfigReader section)
    {
        string kind = section.TextOrNull("rope_type", "type") ?? "default";
        switch (kind)
        {
            case "default":
                section.Accept("factor");
                return null;
            case "linear":
                return new RotaryScaling.Linear(Needed(section, "factor"));
            case "llama3":
                return new RotaryScaling.Llama3(
                    Needed(section, "factor"),
                    Needed(section, "low_freq_factor"),
                    Needed(section, "high_freq_factor"),
                    Needed(section, "original_max_position_embeddings"));
            default:
                throw section.Unsupported(
                    "rope_type", $"{kind} is not supported; default, linear and llama3 are");
        }
    }

    private static double Needed(ConfigReader section, string key) =>
        section.NumberOrNull(key) ?? throw section.Unsupported(key, "missing key");

    private static double? Agree(ConfigReader config, string key, double? first, double? second) =>
        first is null || second is null || first == second
            ? first ?? second
            : throw config.Unsupported(key, $"given as {first} and as {second}");
}
