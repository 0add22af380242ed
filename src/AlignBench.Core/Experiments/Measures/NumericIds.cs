using System.Globalization;
using System.Numerics;

namespace AlignBench.Experiments.Measures;

/// <summary>Ids that are numbers in numerical order, the others behind them in code-point order.</summary>
internal sealed class NumericIds : IComparer<string>
{
    public static NumericIds Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        bool isNumberX = BigInteger.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger a);
        bool isNumberY = BigInteger.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger b);
        return (isNumberX, isNumberY) switch
        {
            (true, true) => a.CompareTo(b),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(x, y),
        };
    }
}
