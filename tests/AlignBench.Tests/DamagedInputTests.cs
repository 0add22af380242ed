using AlignBench.Data;
using AlignBench.Fuzz;
using AlignBench.Images;
using AlignBench.Models;
using AlignBench.Reports;
using AlignBench.Tokenizers;
using TorchSharp;
using Encoding = System.Text.Encoding;

namespace AlignBench.Tests;

/// <summary>Damaged files of each kind end in a clear error, or in an answer; never in any other exception.</summary>
public class DamagedInputTests
{
    private const string BloomFolder = "models/bloom-toy-s";
    private const string DinoFolder = "models/dinov2-toy-s";

    public static TheoryData<string, int> ModelFiles => new()
    {
        { $"{BloomFolder}/config.json", 50 },
        { $"{BloomFolder}/model.safetensors", 40 },
        { $"{DinoFolder}/config.json", 50 },
        { "models/clip-toy/config.json", 40 },
    };

    [Theory]
    [MemberData(nameof(ModelFiles))]
    public void EncoderLoader_ADamagedFile_IsAClearError(string file, int count)
    {
        using TemporaryFolder folder = CopyOf(Path.GetDirectoryName(file)!);
        Each(folder, file, count, _ => EncoderLoader.Load(folder.Root, torch.META).Dispose());
    }

    [Fact]
    public void ImageProcessor_ADamagedFile_IsAClearError()
    {
        using TemporaryFolder folder = new();
        Each(folder, $"{DinoFolder}/preprocessor_config.json", 100, path => ImageProcessor.FromFile(path));
    }

    [Theory]
    [InlineData($"{BloomFolder}/tokenizer.json")]
    [InlineData($"{BloomFolder}/tokenizer_config.json")]
    [InlineData("models/openllama-toy-s/tokenizer.model")]
    public void Tokenizer_ADamagedFile_IsAClearError(string file)
    {
        using TemporaryFolder folder = CopyOf(Path.GetDirectoryName(file)!);
        Each(folder, file, 40, _ => TokenizerLoader.Load(folder.Root).EncodeIds("a photo of two cats, don't! 漢字"));
    }

    [Theory]
    [InlineData("coco", "data/coco/annotations/captions_val.json", 25)]
    [InlineData("pickapic", "data/pickapic/validation_unique-00000-of-00001.parquet", 25)]
    public void Dataset_ADamagedFile_IsAClearError(string format, string file, int count)
    {
        using TemporaryFolder folder = new();
        string? images = format == "coco" ? Path.Combine(TestPaths.Toy, "data", "coco", "val") : null;
        Each(folder, file, count, path =>
        {
            IDataset dataset = DatasetCatalog.Open(new DatasetSource { Format = format, Path = path, Images = images });
            IEnumerable<Item> some = dataset.ReadItems(CancellationToken.None).Items.Take(20);
            HashSet<string> ids = [.. some.SelectMany(item => item.Images).Select(image => image.Id)];
            Assert.All(dataset.ReadImages(ids, CancellationToken.None), image => Assert.NotNull(image.Bytes));
        });
    }

    [Theory]
    [InlineData("expected/ttests.csv")]
    [InlineData("expected/tolerances.yaml")]
    public void Verify_ADamagedFile_IsAClearError(string file)
    {
        using TemporaryFolder folder = new();
        File.Copy(Path.Combine(TestPaths.Toy, "expected", "ttests.csv"), folder.File("ttests.csv"));
        string expected = Path.Combine(TestPaths.Toy, "expected");
        Each(folder, file, 100, _ =>
        {
            TableVerifier.Verify(folder.Root, expected, Tolerance.Standard, []);
            TableVerifier.Verify(expected, folder.Root, Tolerance.Standard, []);
        });
    }

    [Theory]
    [InlineData("{\"model_type\": \"bloom\", \"a\\ud800\": 1}")]
    [InlineData("{\"model_type\": \"bloom\", \"a\": [{\"b\": \"\\udfff\"}]}")]
    [InlineData("{\"model_type\": \"bloom\", \"n_layer\": 2147483647}")]
    public void EncoderLoader_AConfigBeyondReason_IsAClearError(string config)
    {
        using TemporaryFolder folder = CopyOf(BloomFolder);
        folder.Write("config.json", config);

        CheckpointException failure =
            Assert.Throws<CheckpointException>(() => EncoderLoader.Load(folder.Root, torch.META).Dispose());

        Assert.StartsWith(folder.File("config.json"), failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Damages a file of the toy world again and again.</summary>
    private static void Each(TemporaryFolder folder, string file, int count, Action<string> use)
    {
        byte[] original = File.ReadAllBytes(Path.Combine(TestPaths.Toy, file));
        bool isText = Path.GetExtension(file) is ".json" or ".csv" or ".yaml";
        string path = folder.File(Path.GetFileName(file));
        Random random = new(20250201);
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = isText && i % 2 == 0 ? Damage.OfText(original, random) : Damage.Of(original, random);
            File.WriteAllBytes(path, damaged);
            try
            {
                use(path);
            }
            catch (AlignBenchException e)
            {
                Assert.NotEmpty(e.Message);
            }
            catch (Exception e)
            {
                Assert.Fail($"{file}, mutation {i}: {e}\n{Encoding.UTF8.GetString(damaged[..Math.Min(damaged.Length, 2000)])}");
            }
        }
    }

    private static TemporaryFolder CopyOf(string folder)
    {
        TemporaryFolder copy = new();
        foreach (string file in Directory.GetFiles(Path.Combine(TestPaths.Toy, folder)))
        {
            File.Copy(file, copy.File(Path.GetFileName(file)));
        }

        return copy;
    }
}
