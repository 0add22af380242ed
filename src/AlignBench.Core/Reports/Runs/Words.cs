using System.Globalization;

namespace AlignBench.Reports.Runs;

/// <summary>Numbers and names of the tables as a person reads them.</summary>
public static class Words
{
    /// <summary>language_to_vision -> language → vision; others with spaces for underscores.</summary>
    public static string Direction(string direction)
    {
        ArgumentNullException.ThrowIfNull(direction);
        return direction.Replace("_to_", " → ", StringComparison.Ordinal).Replace('_', ' ');
    }

    /// <summary>The words of a condition or count.</summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name == "nonpreferred" ? "non-preferred" : name.Replace('_', ' ');
    }

    /// <summary>Four digits behind the point.</summary>
    public static string R(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Two digits behind the point.</summary>
    public static string T(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>As psychologists write it: p &lt; .001, p = .006.</summary>
    public static string P(double p) =>
        double.IsNaN(p) ? "p undefined"
        : p < 0.001 ? "p < .001"
        : "p = " + p.ToString("0.000", CultureInfo.InvariantCulture).TrimStart('0');

    /// <summary>Four significant digits; whole numbers whole.</summary>
    public static string Brief(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e6 ? value.ToString("0", CultureInfo.InvariantCulture)
        : Math.Abs(value) is >= 1e-3 and < 1e5 ? value.ToString("G4", CultureInfo.InvariantCulture)
        : value.ToString("0.###e+0", CultureInfo.InvariantCulture);
}
