using System.Text.RegularExpressions;
using AlignBench.Images;
using AlignBench.Reports.Html;
using AlignBench.Reports.Runs;

namespace AlignBench.Tests.Reports;

public partial class ReportPageTests
{
    [Fact]
    public void Create_HostileTexts_AreTextEverywhere()
    {
        using TemporaryFolder folder = new();
        RunFolder run = RunFixture.Write(folder, RunFixture.Hostile, $"prefs,{RunFixture.Quote(RunFixture.Hostile)},broken\n");
        SampleItem item = new(RunFixture.Hostile, [new SampleImage([1], 1, 1, RunFixture.Hostile)], [RunFixture.Hostile]);

        string page = ReportPage.Create(new ReportInput(run, [new SampleGroup("prefs", RunFixture.Hostile, [item])], [RunFixture.Hostile]));

        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>window.injected", page, StringComparison.Ordinal);
        Assert.Equal(OpeningTags().Count(page), ClosingTags().Count(page));
        Assert.Contains("{{domain}}", page, StringComparison.Ordinal);            // neither filled in
    }

    [Fact]
    public void Create_NothingMissing_ShowsEachSectionAndSaysWhatItMeans()
    {
        using TemporaryFolder folder = new();

        string page = ReportPage.Create(new ReportInput(RunFixture.Write(folder), [], []));

        string[] ids = ["summary", "contrasts", "curves", "pairs", "paper", "tables", "counts", "manifest", "absent"];
        Assert.All(ids, id => Assert.Contains($"<section id=\"{id}\"", page, StringComparison.Ordinal));
        Assert.Contains("mean r is 0.5000 for preferred and 0.2500 for non-preferred; higher in 2 of 2 pairs", page, StringComparison.Ordinal);
        Assert.Contains("The paper reports t = 19.82.", page, StringComparison.Ordinal);
        Assert.Contains("2 of the 2 differences that the paper reports have the same sign here", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was skipped", page, StringComparison.Ordinal);
        Assert.Contains("<li>Choices: the run has no choices.csv.</li>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ATableAlone_LeavesTheRestOutAndSaysSo()
    {
        using TemporaryFolder folder = new();
        folder.Write("other.csv", "a,b\n1,2\n");

        string page = ReportPage.Create(new ReportInput(RunFolder.Read(folder.Root), [], ["the data is gone"]));

        Assert.DoesNotContain("<section id=\"curves\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<section id=\"summary\"", page, StringComparison.Ordinal);
        Assert.Contains("the run has no curves.csv", page, StringComparison.Ordinal);
        Assert.Contains("the folder has no run.json", page, StringComparison.Ordinal);
        Assert.Contains("the data is gone", page, StringComparison.Ordinal);
        Assert.Contains("data-name=\"other.csv\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AFolderWithoutTables_SaysWhichFolder()
    {
        using TemporaryFolder folder = new();

        DataException error = Assert.Throws<DataException>(() => RunFolder.Read(folder.Root));

        Assert.Contains(folder.Root, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_APng_DecodesToTheSamePixels()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 5 * 4).Select(i => (byte)(i * 37))];

        RgbImage image = ImageDecoder.Decode(PngFile.Encode(pixels, 5, 4), new DecodeOptions());

        Assert.Equal((5, 4), (image.Width, image.Height));
        Assert.Equal(pixels, image.Pixels);
    }

    [GeneratedRegex("<script[ >]")]
    private static partial Regex OpeningTags();

    [GeneratedRegex("</script>")]
    private static partial Regex ClosingTags();
}
