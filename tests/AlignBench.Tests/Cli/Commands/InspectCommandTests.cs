namespace AlignBench.Tests.Cli.Commands;

public class InspectCommandTests
{
    private static readonly string s_flickr = Path.Combine(TestPaths.Toy, "data", "flickr30k");

    [Fact]
    public async Task Inspect_ToyFlickr_PrintsCountsAndHistogramsIn80Columns()
    {
        AppRun run = await AppRun.Of("inspect", "--format", "flickr30k", "--data", s_flickr, "--quiet");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n');
        Assert.Equal("flickr30k", lines[0]);
        Assert.Contains("captions per image: min 5, median 5, mean 5.0, max 5", lines);
        Assert.Contains(lines, line => line.StartsWith("  format jpeg ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("####", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Inspect_WithCsv_WritesTables()
    {
        using TemporaryFolder folder = new();

        AppRun run = await AppRun.Of(
            "inspect", "--format", "flickr30k", "--data", s_flickr, "--no-images", "--csv", folder.File("facts"));

        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(folder.File("facts/counts.csv")));
        Assert.DoesNotContain("image bytes", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ATableOfSounds_CountsThem()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.wav", "");
        folder.Write("b.wav", "");
        string table = folder.Write("t.csv", "wav,says\na.wav,one\nb.wav,two\nb.wav,three\n");

        AppRun run = await AppRun.Of(
            "inspect", "--format", "table", "--data", table, "--columns", "audio=wav,caption=says");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("  sounds +2\n", run.Output);
        Assert.Matches("  captions +3\n", run.Output);
    }

    [Fact]
    public async Task Inspect_ColumnsByName_AreHeeded()
    {
        using TemporaryFolder folder = new();
        folder.Write("a.jpg", "no image");
        string table = folder.Write("t.txt", "photo\tsays\na.jpg\tone\na.jpg\ttwo words\n");

        AppRun run = await AppRun.Of(
            "inspect", "--format", "table", "--data", table, "--columns", "image=photo,caption=says");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("captions per item: min 2, median 2, mean 2.0, max 2", run.Output, StringComparison.Ordinal);
        Assert.Contains("broken images:\n  " + folder.File("a.jpg") + ": ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--columns photo", "--columns: expected use=name, got 'photo'")]
    [InlineData("--columns imag=x", "--columns: unknown use 'imag'; did you mean 'image'?; expected image, caption, audio, id, group, split")]
    [InlineData("--columns image=x,image=y", "--columns: image is named twice")]
    [InlineData("--no-images --decode", "--no-images and --decode exclude each other")]
    public async Task Inspect_WrongUse_IsOneLine(string options, string words)
    {
        AppRun run = await AppRun.Of(["inspect", "--format", "table", "--data", "t.csv", .. options.Split(' ')]);

        Assert.Equal($"alignbench: {words} (see 'alignbench inspect --help')\n", run.Error);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task Inspect_WrongOrientation_IsOneLine()
    {
        AppRun run = await AppRun.Of("inspect", "--format", "flickr30k", "--data", s_flickr, "--orientation", "up");

        Assert.Equal((1, "alignbench: orientation: expected apply or ignore, got 'up'\n"), (run.ExitCode, run.Error));
    }
}
