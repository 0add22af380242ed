using System.Text.Json;

namespace AlignBench;

/// <summary>
/// JSON's grammar allows bytes and escapes that are no Unicode text, as half a surrogate pair. .NET finds out when
/// such a text is asked for; files that users bring are looked through when they are opened.
/// </summary>
internal static class JsonTexts
{
    /// <exception cref="JsonException">A name or text in there, at any depth, is not Unicode.</exception>
    public static void ThrowIfNotUnicode(JsonElement element)
    {
        try
        {
            Read(element);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException($"a text is not Unicode: {e.Message}", e);
        }
    }

    private static void Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement inner in element.EnumerateArray())
                {
                    Read(inner);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty inner in element.EnumerateObject())
                {
                    _ = inner.Name;
                    Read(inner.Value);
                }

                break;
            default:
                break;
        }
    }
}
