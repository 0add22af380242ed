using System.Text.RegularExpressions;

namespace AlignBench.Hub;

/// <summary>A branch, a tag, or a commit.</summary>
public static partial class GitRevision
{
    /// <summary>What is meant where none is named.</summary>
    public const string Main = "main";

    /// <summary>Whether it is a whole commit hash, which no push can move.</summary>
    public static bool IsCommit(string revision) => Commit().IsMatch(revision);

    /// <summary>
    /// Whether git allows it as a name (git check-ref-format): it then is a path below refs/ that leads nowhere
    /// else.
    /// </summary>
    public static bool IsWellFormed(string revision) => revision is not (null or "" or "@")
        && !Forbidden().IsMatch(revision);

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"^[-/]|/\z|//|\.\.|@\{|(^|/)\.|\.(lock)?(/|\z)|[\x00-\x20\x7f~^:?*\[\\]")]
    private static partial Regex Forbidden();
}
