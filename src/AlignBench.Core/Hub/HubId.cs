using System.Text.RegularExpressions;

namespace AlignBench.Hub;

/// <summary>A model's name on the hub: <c>owner/name</c>, or one of the old names without an owner.</summary>
public sealed partial record HubId
{
    private const int LongestName = 96;

    private HubId(string text) => Text = text;

    /// <summary>As given: safe in an address and, as <see cref="FolderName"/>, in a path.</summary>
    public string Text { get; }

    /// <summary>Its folder in a cache: <c>models--owner--name</c>.</summary>
    public string FolderName => $"models--{Text.Replace("/", "--", StringComparison.Ordinal)}";

    /// <summary>The id if <paramref name="text"/> has the form that the hub allows, else null.</summary>
    public static HubId? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        bool allowed = parts.Length <= 2 && parts.All(part => Part().IsMatch(part))
            && !text.Contains("--", StringComparison.Ordinal)
            && !text.Contains("..", StringComparison.Ordinal)
            && !text.EndsWith(".git", StringComparison.Ordinal)
            && parts[^1].Length <= LongestName;
        return allowed ? new HubId(text) : null;
    }

    public override string ToString() => Text;

    [GeneratedRegex(@"^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?\z")]
    private static partial Regex Part();
}
