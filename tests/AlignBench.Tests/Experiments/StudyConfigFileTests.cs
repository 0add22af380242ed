using AlignBench.Data;
using AlignBench.Experiments;
using AlignBench.Experiments.Adapters;

namespace AlignBench.Tests.Experiments;

public class StudyConfigFileTests
{
    private const string Good = """
        name: small
        root: world
        seed: 7
        samples: 100
        vision: [models/v]
        language: [models/l]
        experiments:
          - name: e
            kind: averaging
            average: captions
            up_to: 5
            data: { format: coco, path: data/a.json, images: data/val }
        """;

    [Fact]
    public void Load_ResolvesPathsFromTheFilesFolderAndRoot()
    {
        using TemporaryFolder folder = new();

        StudyConfig study = StudyConfigFile.Load(folder.Write("c.yaml", Good));

        Assert.Equal(folder.File("world"), study.Root);
        Assert.Equal(folder.File("world/data/a.json"), study.Experiments[0].Data.Path);
        Assert.Equal(folder.File("world/data/val"), study.Experiments[0].Data.Images);
        Assert.Equal((7, 100, "neuroaimetrics"), (study.Seed, study.Samples, study.Preset));
    }

    [Fact]
    public void Load_AUsersOwnTable_NamesItsColumns()
    {
        using TemporaryFolder folder = new();
        string data = "{ format: table, path: t.csv, columns: { image: photo, caption: says }, orientation: ignore }";

        StudyConfig study = StudyConfigFile.Load(folder.Write(
            "c.yaml", Good.Replace("{ format: coco, path: data/a.json, images: data/val }", data, StringComparison.Ordinal)));

        DatasetSource source = study.Experiments[0].Data.ToSource();
        Assert.Equal(new DatasetColumns { Image = "photo", Caption = "says" }, source.Columns);
        Assert.Equal((folder.File("world/t.csv"), "ignore"), (source.Path, source.Orientation));
    }

    [Fact]
    public void Load_WithARoot_StartsThere()
    {
        using TemporaryFolder folder = new();

        StudyConfig study = StudyConfigFile.Load(folder.Write("c.yaml", Good), folder.File("elsewhere"));

        Assert.Equal(folder.File("elsewhere/data/a.json"), study.Experiments[0].Data.Path);
    }

    [Theory]
    [InlineData("seed: 7", "sede: 7", "line 3: unknown key 'sede'; did you mean 'seed'?")]
    [InlineData("seed: 7", "seed: 7\nseed: 8", "seed")]
    [InlineData("seed: 7", "seed: -1", "seed is -1, expected 0 .. 4294967295")]
    [InlineData("seed: 7", "seed: often", "line 3")]
    [InlineData("seed: 7", "max_skipped: 99999999999", "line 3: 'max_skipped: 99999999999': ")]
    [InlineData("samples: 100", "samples: 3", "samples is 3, expected 10 or more")]
    [InlineData("seed: 7", "sampler: numpy", "sampler: expected numpy_random_state or numpy_default_rng or python_random, got 'numpy'")]
    [InlineData("name: small", "", "name")]
    [InlineData("vision: [models/v]", "vision: []", "vision names no model")]
    [InlineData("kind: averaging", "kind: averagin", "unknown kind 'averagin'; did you mean 'averaging'?")]
    [InlineData("average: captions", "average: caption", "average: expected captions or images, got 'caption'; did you mean 'captions'?")]
    [InlineData("up_to: 5", "up_to: 1", "up_to: expected 2 .. 20, got 1")]
    [InlineData("up_to: 5", "up_to: 5\n    pairs: all", "pairs has no meaning for kind 'averaging'")]
    [InlineData("seed: 7", "preset: neuroaimetric", "unknown preset 'neuroaimetric'; did you mean 'neuroaimetrics'?")]
    [InlineData("seed: 7", "alpha: 2", "alpha has no meaning for preset 'neuroaimetrics'")]
    [InlineData("seed: 7", "preset: fixed-alpha\nalpha: -2", "expected ascending positive alphas, got -2")]
    [InlineData("seed: 7", "components: 0", "1 or more components")]
    [InlineData("seed: 7", "folds: group", "folds: expected plain or grouped or both, got 'group'")]
    [InlineData("seed: 7", "null: -1", "null is -1, expected 0 or more shuffles")]
    [InlineData("seed: 7", "bootstrap: 1", "bootstrap is 1, expected 0 or 2 and more resamples")]
    [InlineData("up_to: 5", "up_to: 5\n    subsets: some", "subsets: expected all or a number of orders, got 'some'")]
    [InlineData("format: coco, ", "", "format")]
    [InlineData("format: coco,", "format: coco, columns: { imag: x },", "unknown key 'imag'; did you mean 'image'?")]
    [InlineData("format: coco,", "format: coco, orientation: up,", "orientation: expected apply or ignore, got 'up'")]
    [InlineData("name: small", "name: [", "line")]
    [InlineData("name: small", "name:", "name: expected a value, got nothing")]
    [InlineData("kind: averaging", "kind:", "experiments: kind: expected a value, got nothing")]
    [InlineData("data: { format: coco, path: data/a.json, images: data/val }", "data:", "experiments: data: expected a value")]
    [InlineData("seed: 7", "preset:", "preset: expected a value, got nothing")]
    [InlineData("vision: [models/v]", "vision: [models/v, ]\nlanguage_features:", "language_features: expected a value")]
    [InlineData("vision: [models/v]", "vision:\n  -", "vision: expected a value, got an empty entry")]
    [InlineData("vision: [models/v]", "vision: [a/v, b/v]", "vision: two models are named 'v'")]
    [InlineData("up_to: 5", "up_to: 5\n    published: { language_to_vison: 3 }", "unknown direction 'language_to_vison'")]
    public void Load_AWrongFile_IsOneLineThatNamesFileAndKey(string right, string wrong, string expected)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("c.yaml", Good.Replace(right, wrong, StringComparison.Ordinal));

        ConfigException failure = Assert.Throws<ConfigException>(() => StudyConfigFile.Load(file));

        Assert.StartsWith(file, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Load_BothFoldings_RunsEachExperimentTwiceUnlessItHasItsOwn()
    {
        using TemporaryFolder folder = new();
        string both = Good.Replace("seed: 7", "folds: both\nnull: 10\nbootstrap: 20", StringComparison.Ordinal);

        StudyConfig study = StudyConfigFile.Load(folder.Write("c.yaml", both));
        StudyConfig own = StudyConfigFile.Load(folder.Write(
            "d.yaml", both.Replace("up_to: 5", "up_to: 5\n    folds: grouped", StringComparison.Ordinal)));

        Assert.Equal(
            [("e", "plain"), ("e_grouped", "grouped")], study.Experiments.Select(e => (e.Name, e.Folds!)));
        Assert.Equal([("e", "grouped")], own.Experiments.Select(e => (e.Name, e.Folds!)));
        Assert.Equal((10, 20), (study.Null, study.Bootstrap));
    }

    [Fact]
    public void Load_WithAPreset_TakesItInsteadOfTheFiles()
    {
        using TemporaryFolder folder = new();

        StudyConfig study = StudyConfigFile.Load(folder.Write("c.yaml", Good), preset: "nested");

        Assert.Equal("nested-r2", StudyPreset.Of(study).Name);
    }

    [Fact]
    public void Load_EveryConfigOfTheRepository_IsRight()
    {
        string[] files = Directory.GetFiles(Path.Combine(TestPaths.Root, "configs"), "*.yaml", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        // Those that name adapters are another command's.
        string[] studies = [.. files.Where(file => !File.ReadLines(file).Contains("adapters:"))];
        Assert.All(studies, file => Assert.NotEmpty(StudyConfigFile.Load(file).Experiments));
        Assert.All(files.Except(studies), file => Assert.NotEmpty(AdapterStudyFile.Load(file).Adapters));
        Assert.Distinct(
        [
            .. studies.Select(file => StudyConfigFile.Load(file).Name),
            .. files.Except(studies).Select(file => AdapterStudyFile.Load(file).Name),
        ]);
    }
}
