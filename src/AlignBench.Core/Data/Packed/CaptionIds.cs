using System.Globalization;

namespace AlignBench.Data.Packed;

/// <summary>Ids for the captions of one item.</summary>
internal static class CaptionIds
{
    /// <summary>
    /// Pairs texts with the ids stored beside them, or with <c>item#k</c> if those are not one for each.
    /// </summary>
    /// <returns>Null if <paramref name="texts"/> is.</returns>
    public static (string Id, string? Text)[]? Pair(string item, string?[]? texts, string?[]? ids)
    {
        if (texts is null)
        {
            return null;
        }

        bool stored = ids is not null && ids.Length == texts.Length && !ids.Contains(null);
        return [.. texts.Select((text, k) => (stored ? ids![k]! : Numbered(item, k), text))];
    }

    /// <summary><c>item#k</c>.</summary>
    public static string Numbered(string item, int k) =>
        string.Create(CultureInfo.InvariantCulture, $"{item}#{k}");
}
