using System.Globalization;

namespace AlignBench.Reports;

/// <summary>
/// One value as text in a table. What is written reads back as the same value of the same type: a float64 has the
/// fewest digits that give it back and always a '.', an exponent or a word (10.0, 1E-08, NaN, Infinity), a count has
/// digits alone, a truth is True or False, null is an empty cell.
/// </summary>
public static class CsvCell
{
    /// <summary>A string, bool, integer, float or null as cell text.</summary>
    /// <exception cref="ArgumentException">Any other type.</exception>
    public static string Format(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "True" : "False",
        double number => Format(number),
        float number => Format((double)number),
        int or long or uint or short or byte =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"a cell can't hold a {value.GetType().Name}", nameof(value)),
    };

    /// <summary>A number in any of the usual spellings, invariant: 7, 1.5, 1e-08, nan, inf, -Infinity.</summary>
    public static bool TryNumber(string text, out double number)
    {
        const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, Style, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        number = text.TrimStart('+', '-').ToUpperInvariant() switch
        {
            "NAN" => double.NaN,
            "INF" or "INFINITY" => text.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity,
            _ => 0,
        };
        return number != 0;
    }

    /// <summary>Digits alone, with or without a sign: a count, an id, a fold.</summary>
    public static bool TryWhole(string text, out long whole) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole);

    /// <summary>True or False, in any case.</summary>
    public static bool TryTruth(string text, out bool truth) => bool.TryParse(text, out truth);

    private static string Format(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        bool looksLikeCount = text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            || (text[0] == '-' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);
        return looksLikeCount ? text + ".0" : text;
    }
}
