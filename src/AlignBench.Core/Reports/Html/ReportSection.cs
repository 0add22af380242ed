namespace AlignBench.Reports.Html;

/// <summary>A part of the page with a heading; one without a body is left out, and the page's end says why.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Heading">Plain text.</param>
/// <param name="Body">Empty if it is left out.</param>
/// <param name="Absence">Why it, or something in it, is left out; null if all is there.</param>
internal sealed record ReportSection(string Id, string Heading, Markup Body, string? Absence = null);
