using System.Text;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>Writes a report.</summary>
public static class ReportWriter
{
    public const string FileName = "report.html";

    /// <summary>Where a comparison of several runs goes by default: in the first run's folder.</summary>
    public const string ComparisonName = "comparison.html";

    /// <param name="path">The HTML file; complete or not written.</param>
    /// <param name="input">What it shows.</param>
    /// <exception cref="DataException">A table has other columns, or Vega is not installed.</exception>
    public static void Write(string path, ReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(ReportPage.Create(input)));
    }

    /// <summary>Several runs side by side, with differences from the first.</summary>
    /// <exception cref="DataException">A table has other columns, or Vega is not installed.</exception>
    public static void WriteComparison(string path, IReadOnlyList<RunFolder> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(ComparisonPage.Create(runs)));
    }
}
