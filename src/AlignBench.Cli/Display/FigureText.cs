using System.Globalization;

namespace AlignBench.Cli.Display;

/// <summary>A measured number for people to look at: whole ones as they are, others with four digits.</summary>
internal static class FigureText
{
    public static string Of(double value) => double.IsInteger(value) && Math.Abs(value) < 1e6
        ? value.ToString("F0", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);
}
