using AlignBench.Experiments;
using AlignBench.Features;
using AlignBench.Features.Storage;

namespace AlignBench.Tests.Experiments;

public class RunManifestTests
{
    private static readonly StudyConfig s_study = new()
    {
        Name = "s",
        Vision = ["v"],
        Language = ["l"],
        Experiments = [],
    };

    // COCO's captions are in a file of their own, that no image is read from.
    [Fact]
    public void IsUpToDate_AfterAFileOfCaptionsChanged_IsFalse()
    {
        using TemporaryFolder folder = new();
        string captions = folder.Write("captions.json", "a cat");
        string output = Path.GetDirectoryName(folder.Write("results/t.csv", "a\n1\n"))!;
        Complete(folder, captions, output);

        Assert.True(Begin(captions).IsUpToDate(output, Digests(folder)));
        File.WriteAllText(captions, "a dog");

        Assert.False(Begin(captions).IsUpToDate(output, Digests(folder)));
        Complete(folder, captions, output);
        Assert.True(Begin(captions).IsUpToDate(output, Digests(folder)));
    }

    private static void Complete(TemporaryFolder folder, string captions, string output) =>
        Begin(captions).Complete(output, Digests(folder), Nothing(folder), []);

    private static PlanFeatures Nothing(TemporaryFolder folder) =>
        new(new FeatureStore(folder.File("features")), 1, 0, null, Serilog.Core.Logger.None);

    private static RunManifest Begin(string captions) =>
        RunManifest.Begin(s_study, [new FakeDataset { Files = [captions] }], threads: 1);

    private static FileDigests Digests(TemporaryFolder folder) => new(folder.File("digests.json"));
}
