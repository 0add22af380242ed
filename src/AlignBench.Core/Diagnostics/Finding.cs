namespace AlignBench.Diagnostics;

/// <summary>Whether something that AlignBench uses is as it should be.</summary>
public enum Verdict
{
    Ok,

    /// <summary>Works, but not as well as it could.</summary>
    Note,

    /// <summary>Needed and not there, or broken.</summary>
    Missing,
}

/// <summary>What was found out about one thing.</summary>
/// <param name="What">libtorch, BLAS, ...</param>
/// <param name="Verdict">How good that is.</param>
/// <param name="Found">Version, path or the library's own words, in one line.</param>
/// <param name="Advice">What to do about it; null if all is well.</param>
public sealed record Finding(string What, Verdict Verdict, string Found, string? Advice = null);
