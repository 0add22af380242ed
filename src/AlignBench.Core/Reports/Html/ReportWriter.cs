using System.Text;

namespace AlignBench.Reports.Html;

/// <summary>Writes a report.</summary>
public static class ReportWriter
{
    public const string FileName = "report.html";

    /// <param name="path">The HTML file; complete or not written.</param>
    /// <param name="input">What it shows.</param>
    /// <exception cref="DataException">A table has other columns, or Vega is not installed.</exception>
    public static void Write(string path, ReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(ReportPage.Create(input)));
    }
}
