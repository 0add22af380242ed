namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>Text between commas and brackets.</summary>
internal static class Lists
{
    /// <summary>The items between commas that stand in no bracket and no quotation marks.</summary>
    public static IEnumerable<string> Split(string items)
    {
        int depth = 0;
        int start = 0;
        bool quoted = false;
        for (int i = 0; i < items.Length; i++)
        {
            quoted ^= items[i] == '"';
            depth += quoted ? 0 : items[i] switch
            {
                '<' or '[' or '(' => 1,
                '>' or ']' or ')' => -1,
                _ => 0,
            };
            if (items[i] == ',' && depth == 0 && !quoted)
            {
                yield return items[start..i].Trim();
                start = i + 1;
            }
        }

        if (start < items.Length)
        {
            yield return items[start..].Trim();
        }
    }

    /// <summary>
    /// "static ValueTuple&lt;T1, T2&gt; Detach&lt;T1, T2&gt;" -> the type with its modifiers, and the name.
    /// </summary>
    public static (string Type, string Name) SplitName(string head)
    {
        int end = head.Length;
        if (head.EndsWith('>') || head.EndsWith(']'))
        {
            char open = head[^1] == '>' ? '<' : '[';
            for (int depth = 0; end > 0;)
            {
                end--;
                depth += head[end] == head[^1] ? 1 : head[end] == open ? -1 : 0;
                if (depth == 0)
                {
                    break;
                }
            }
        }

        int space = head.LastIndexOf(' ', end - 1);
        return (head[..space], head[(space + 1)..]);
    }

    /// <summary>C#'s word for an enum's underlying type.</summary>
    public static string Keyword(string type) => type switch
    {
        "SByte" => "sbyte",
        "Int16" => "short",
        _ => type,
    };
}
