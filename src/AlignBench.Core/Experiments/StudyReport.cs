using AlignBench.Experiments.Kinds;
using AlignBench.Reports.Html;
using AlignBench.Reports.Runs;

namespace AlignBench.Experiments;

/// <summary>Makes the report of a finished run, with samples of its data.</summary>
public static class StudyReport
{
    /// <summary>Where a run's report lies.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, ReportWriter.FileName);

    /// <summary>Whether the report is there and no table or manifest is newer.</summary>
    public static bool IsUpToDate(string folder)
    {
        string report = PathIn(folder);
        return File.Exists(report)
            && Directory.EnumerateFiles(folder, "*.csv").Append(Path.Combine(folder, RunFolder.ManifestName))
                .All(file => File.GetLastWriteTimeUtc(file) <= File.GetLastWriteTimeUtc(report));
    }

    /// <param name="folder">The run's results.</param>
    /// <param name="path">The HTML file.</param>
    /// <param name="withSamples">Whether the data is looked up for thumbnails.</param>
    /// <param name="cancellation">Nothing is written.</param>
    /// <exception cref="AlignBenchException">The folder holds no run, or Vega is not installed.</exception>
    public static void Write(string folder, string path, bool withSamples, CancellationToken cancellation)
    {
        RunFolder run = RunFolder.Read(folder);
        (IReadOnlyList<SampleGroup> samples, IReadOnlyList<string> without) =
            withSamples ? SampleItems.Of(run, cancellation) : ([], []);
        ReportWriter.Write(path, new ReportInput(run, samples, without));
    }
}
