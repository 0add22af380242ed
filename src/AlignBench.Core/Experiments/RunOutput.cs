namespace AlignBench.Experiments;

/// <summary>The folder that a run's tables go to.</summary>
public static class RunOutput
{
    /// <summary>
    /// Throws if tables can't be written there, which is better known before all is computed. A folder that has a
    /// finished run may be read-only: it may be up to date.
    /// </summary>
    /// <param name="folder">Need not be there.</param>
    /// <param name="force">Whether a finished run is made anew.</param>
    /// <exception cref="IOException">It can't be written to, or something else has that name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static void ThrowIfUnwritable(string folder, bool force)
    {
        if (force || !File.Exists(Path.Combine(folder, RunManifest.FileName)))
        {
            AtomicFile.ThrowIfUnwritable(folder);
        }
    }
}
