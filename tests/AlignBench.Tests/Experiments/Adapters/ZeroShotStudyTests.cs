using AlignBench.Experiments.Adapters;
using AlignBench.Reports;
using AlignBench.Safetensors;
using Serilog.Core;

namespace AlignBench.Tests.Experiments.Adapters;

/// <summary>Zero-shot classification of the toy world's classes within a study.</summary>
public class ZeroShotStudyTests
{
    private const string Study = """
        name: zero-shot
        root: ROOT
        data: { format: flickr30k, path: data/flickr30k }
        modalities:
          - { name: image, model: models/clip-toy, of: images, features: embeds, image_processor: own }
          - { name: text, model: models/clip-toy, of: captions, features: embeds, max_tokens: 0 }
        reference: { model: models/dinov2-toy-l, features: last_cls_norm+mean_patch }
        training: { epochs: 1, batch: 16, warmup_steps: 1, learning_rate: 0.01 }
        adapters: [{ name: linear, kind: linear }]
        evaluation: { rows: 64, k: 5, k_sweep: [], lambda_sweep: [0.5], bootstrap: 0, map_items: 0 }
        zero_shot:
          data: { format: table, path: data/classes/test.csv, columns: { image: file, caption: class } }
          classes: data/classes/classnames.txt
          prompts: ["a picture of a {class}."]
          texts: true_class
          head: HEAD
        """;

    // data/toy/expected/zero_shot.json: top-1 .275, top-5 .925 of clip-toy as it is. With a class's own prompt as nearly
    // all of the embedding nearly every answer is right.
    [Fact]
    public void Run_OnTheToyClasses_AgreesWithTheReferenceAndNamesEveryTextSource()
    {
        using TemporaryFolder folder = new();
        CsvTable table = Run(folder, "lambda_sweep", "lambda: 0.01, lambda_sweep", Head(folder, 192));

        int frozen = Row(table, "frozen", "-", "class_names", "image", "none");
        Assert.Equal(0.275, table.Number(frozen, "top1"), 1e-12);
        Assert.Equal(0.925, table.Number(frozen, "top5"), 1e-12);
        Assert.Equal((200, 24), (table.Whole(frozen, "items"), table.Whole(frozen, "classes")));
        int leaking = Row(table, "linear", "after", "class_names", "multimodal", "none");
        Assert.Equal("true_class_prompt", table.Text(leaking, "text_source"));
        int alone = Row(table, "linear", "after", "class_names", "image", "none");
        Assert.Equal("none", table.Text(alone, "text_source"));
        Assert.True(table.Number(leaking, "top1") > 0.9);
        Assert.True(table.Number(leaking, "top1") > table.Number(alone, "top1"));
        Assert.Equal(1.0 / 24, table.Number(alone, "chance"), 1e-15);
        foreach (string map in (string[])["none", "procrustes"])
        {
            Row(table, "linear", "before", "head", "image", map);
            Row(table, "linear", "after", "head", "multimodal", map);
        }

        Row(table, "frozen", "-", "head", "reference", "none");
        Assert.Equal(2 + (2 * 2 * 3), table.Rows.Count);
    }

    [Fact]
    public void Run_WithAHeadOfAnotherWidth_SaysWhichAreThere()
    {
        using TemporaryFolder folder = new();

        ConfigException thrown = Assert.Throws<ConfigException>(() => Run(folder, "x", "x", Head(folder, 96)));

        Assert.Contains("the head takes 96 features, the shared space has 192", thrown.Message, StringComparison.Ordinal);
    }

    private static CsvTable Run(TemporaryFolder folder, string from, string to, string head)
    {
        string study = Study.Replace("ROOT", TestPaths.Toy, StringComparison.Ordinal)
            .Replace(from, to, StringComparison.Ordinal).Replace("HEAD", head, StringComparison.Ordinal);
        folder.Write("study.yaml", study);
        new AdapterStudyRunner(new AdapterStudyOptions(folder.File("features"), 2, Resume: false, Force: false), Logger.None)
            .Run(AdapterStudyFile.Load(folder.File("study.yaml")), folder.File("out"), null, CancellationToken.None);
        return CsvTable.Read(folder.File("out/adapters_zero_shot.csv"));
    }

    private static string Head(TemporaryFolder folder, int width)
    {
        string path = folder.File("head.safetensors");
        using SafetensorsWriter writer = new(
            path, [new TensorSpec("weight", StoredType.F32, 24, width), new TensorSpec("bias", StoredType.F32, 24)]);
        writer.Write<float>("weight", [.. Enumerable.Range(0, 24 * width).Select(i => (float)Math.Sin(i))]);
        writer.Write<float>("bias", new float[24]);
        writer.Commit();
        return path;
    }

    private static int Row(CsvTable table, string adapter, string when, string method, string embedding, string map) =>
        Assert.Single(Enumerable.Range(0, table.Rows.Count), row => table.Text(row, "adapter") == adapter
            && table.Text(row, "when") == when && table.Text(row, "method") == method
            && table.Text(row, "embedding") == embedding && table.Text(row, "map") == map);
}
