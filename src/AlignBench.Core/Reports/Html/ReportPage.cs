using AlignBench.Reports.Plots;
using AlignBench.Reports.Runs;
using AlignBench.Reports.Templates;

namespace AlignBench.Reports.Html;

/// <summary>The whole page: one file that needs nothing else, and that may load nothing else.</summary>
internal static class ReportPage
{
    private const int DateLength = 10;            // of 2026-01-31T12:00:00Z

    public static string Create(ReportInput input)
    {
        RunFolder run = input.Run;
        ReportSection[] sections =
        [
            AlignmentRow.Of(run).Count > 0 ? AdapterSummarySection.Of(run) : SummarySection.Of(run),
            .. PlotSections.Of(run),
            PaperSection.Of(run),
            SampleSection.Of(input),
            TableSections.All(run),
            TableSections.Counts(run),
            TableSections.Choices(run),
            ManifestSection.Of(run),
        ];
        return Create(run.Name, run.Text("started"), sections);
    }

    /// <param name="title">Plain text.</param>
    /// <param name="started">When the run began; null if that is not known.</param>
    /// <param name="sections">In the order of the page.</param>
    public static string Create(string title, string? started, IReadOnlyList<ReportSection> sections)
    {
        ReportSection[] shown = [.. sections.Where(section => !section.Body.IsEmpty)];
        string date = started is null ? "" : $" Run of {started[..Math.Min(DateLength, started.Length)]}.";
        return Markup.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            {Markup.Raw(TemplateFile.Read("head.html"))}
            <title>{title} - AlignBench</title>
            <style>
            {Markup.Raw(TemplateFile.Read("report.css"))}
            </style>
            </head>
            <body>
            <header>
            <button type="button" id="theme">Dark</button>
            <h1>{title}</h1>
            <p>AlignBench: how alike vision and language models represent the same things.{date}</p>
            <nav aria-label="Sections">{Markup.Join(shown.Select(Link))}</nav>
            </header>
            <main>
            <noscript><p>The plots need JavaScript; texts and tables do not.</p></noscript>
            {Markup.Join(shown.Select(Section))}
            {Absent(sections)}
            </main>
            <script type="application/json" id="themes">{Markup.Raw(PlotSpec.Theme.ToJsonString())}</script>
            {Markup.Join(ReportAssets.Scripts().Select(Script))}
            <script>
            {Markup.Raw(TemplateFile.Read("report.js"))}
            </script>
            <footer><details><summary>Plots by Vega, Vega-Lite and Vega-Embed</summary>
            <pre>{string.Join("\n\n", ReportAssets.Licences())}</pre></details></footer>
            </body>
            </html>

            """).ToString();
    }

    private static Markup Link(ReportSection section) =>
        Markup.Of($"<a href=\"#{section.Id}\">{section.Heading}</a> ");

    private static Markup Script(string code) => Markup.Of($"<script>{Markup.Raw(code)}</script>\n");

    private static Markup Section(ReportSection section) => Markup.Of($"""
        <section id="{section.Id}" aria-labelledby="{section.Id}-heading">
        <h2 id="{section.Id}-heading">{section.Heading}</h2>
        {section.Body}
        </section>

        """);

    private static Markup Absent(IReadOnlyList<ReportSection> sections)
    {
        ReportSection[] absent = [.. sections.Where(section => section.Absence is not null)];
        return absent.Length == 0 ? Markup.Empty : Markup.Of($"""
            <section id="absent" aria-labelledby="absent-heading">
            <h2 id="absent-heading">Not in this report</h2>
            <ul>{Markup.Join(absent.Select(section => Markup.Of($"<li>{section.Heading}: {section.Absence}.</li>\n")))}</ul>
            </section>

            """);
    }
}
