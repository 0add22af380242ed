using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>What a report shows.</summary>
/// <param name="Run">Tables and manifest.</param>
/// <param name="Samples">Some of the items, by experiment.</param>
/// <param name="WithoutSamples">Why there are no samples, or none of some experiment; empty if all is there.</param>
public sealed record ReportInput(
    RunFolder Run, IReadOnlyList<SampleGroup> Samples, IReadOnlyList<string> WithoutSamples);

/// <summary>Items of the data of one experiment, by its name in the tables, and which items these are.</summary>
public sealed record SampleGroup(string Experiment, string Explanation, IReadOnlyList<SampleItem> Items);

/// <summary>Images and at least one caption that belong together.</summary>
public sealed record SampleItem(string Id, IReadOnlyList<SampleImage> Images, IReadOnlyList<string> Captions);

/// <summary>A small picture: a PNG file, its size in pixels, and its role in words (may be empty).</summary>
public sealed record SampleImage(byte[] Png, int Width, int Height, string Words);
