using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>Some items as thumbnails with their captions.</summary>
internal static class SampleSection
{
    private const string Heading = "Sample items";

    public static ReportSection Of(ReportInput input)
    {
        string? absence = input.WithoutSamples.Count == 0 ? null : string.Join("; ", input.WithoutSamples);
        return input.Samples.Count == 0
            ? new ReportSection("samples", Heading, Markup.Empty, absence ?? "none were asked for")
            : new ReportSection(
                "samples", Heading, Markup.Join(input.Samples.Select(group => Group(input.Run, group))), absence);
    }

    private static Markup Group(RunFolder run, SampleGroup group) => Markup.Of($"""
        <h3>{ExperimentWords.Of(run, group.Experiment, "").Title}</h3>
        <p>{group.Explanation}</p>
        <div class="samples">
        {Markup.Join(group.Items.Select(Item))}
        </div>

        """);

    private static Markup Item(SampleItem item) => Markup.Of($"""
        <figure class="sample">
        <div class="thumbnails">{Markup.Join(item.Images.Select(image => Image(item, image)))}</div>
        <figcaption><ul>{Markup.Join(item.Captions.Select(caption => Markup.Of($"<li>{caption}</li>")))}</ul></figcaption>
        </figure>

        """);

    private static Markup Image(SampleItem item, SampleImage image)
    {
        string source = $"data:image/png;base64,{Convert.ToBase64String(image.Png)}";
        string words = image.Words.Length > 0 ? $"{image.Words}: {item.Captions[0]}" : item.Captions[0];
        return Markup.Of($"""
            <div><img src="{source}" width="{image.Width}" height="{image.Height}" alt="{words}"><small>{image.Words}</small></div>
            """);
    }
}
