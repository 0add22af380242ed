using System.Runtime.CompilerServices;
using AlignBench.Data;
using AlignBench.Images;
using AlignBench.Sounds;
using AlignBench.Tokenizers;

namespace AlignBench.Fuzz;

/// <summary>Every parser that reads a user's files.</summary>
public static class FuzzTargets
{
    private const string Text = "a photo of two cats, don't! \u6f22\u5b57 \ud83d\ude00";
    private const int ImageItems = 20;
    private const int LargestSeed = 4_000;

    public static FuzzTarget[] All() =>
    [
        Tokenizer("tokenizer-json", "tokenizer.json", "bloom-toy-s", "distilbert-toy", "clip-toy"),
        Tokenizer("sentencepiece", "tokenizer.model", "openllama-toy-s"),
        Image("jpeg", ".jpg"),
        Image("png", ".png"),
        Image("webp", ".webp"),
        Image("gif", ".gif"),
        Image("bmp", ".bmp"),
        new("wav", false, WaveSeeds.All(), (bytes, folder) => _ = WaveFile.Decode(bytes)),
        DataSet("tar", "webdataset", "0.tar", Goldens("webdataset", ".tar")),
        new("parquet", false, ParquetSeeds(), ParquetFile.Read),
        DataSet("parquet-layout", "flickr30k", "0.parquet", ParquetSeeds()),
        DataSet("csv", "table", "0.csv", Goldens("tables", ".csv")),
        DataSet("jsonl", "table", "0.jsonl", Goldens("tables", ".jsonl")),
    ];

    private static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    private static FuzzTarget Tokenizer(string name, string file, params string[] models)
    {
        string Model(string model, string part) => Path.Combine(Root, "data", "toy", "models", model, part);
        byte[] config = File.ReadAllBytes(Model(models[0], "tokenizer_config.json"));
        return new FuzzTarget(
            name,
            file.EndsWith(".json", StringComparison.Ordinal),
            [.. models.Select(model => File.ReadAllBytes(Model(model, file)))],
            (bytes, folder) =>
            {
                File.WriteAllBytes(Path.Combine(folder, file), bytes);
                if (file == "tokenizer.model")
                {
                    File.WriteAllBytes(Path.Combine(folder, "tokenizer_config.json"), config);
                }

                ITokenizer tokenizer = TokenizerLoader.Load(folder);
                _ = tokenizer.Encode(Text);
            });
    }

    private static FuzzTarget Image(string name, string extension) => new(
        name, false, Seeds(Path.Combine(Root, "tests", "goldens", "images", "sources"), extension), (bytes, folder) =>
        {
            _ = ImageDecoder.ReadHeader(bytes);
            _ = ImageDecoder.Decode(bytes, new DecodeOptions { ApplyOrientation = true, Alpha = AlphaRule.OnWhite });
        });

    private static FuzzTarget DataSet(string name, string format, string file, byte[][] seeds) => new(
        name, Path.GetExtension(file) is ".csv" or ".jsonl", seeds, (bytes, folder) =>
        {
            string path = Path.Combine(folder, file);
            File.WriteAllBytes(path, bytes);
            IDataset dataset = DatasetCatalog.Open(new DatasetSource { Format = format, Path = path });
            HashSet<string> some =
            [
                .. dataset.ReadItems(CancellationToken.None).Items.Take(ImageItems)
                    .SelectMany(item => item.Images).Select(image => image.Id),
            ];
            _ = dataset.ReadImages(some, CancellationToken.None).Sum(image => image.Bytes.Length);
        });

    private static byte[][] ParquetSeeds() =>
        [.. Goldens("nulls-and-paths", ".parquet"), .. Goldens("parquet-variants", ".parquet")];

    private static byte[][] Goldens(string folder, string extension) =>
        Seeds(Path.Combine(Root, "tests", "goldens", "datasets", folder), extension);

    private static byte[][] Seeds(string folder, string extension)
    {
        byte[][] files =
        [
            .. Directory.GetFiles(folder, "*" + extension, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
        ];
        byte[][] small = [.. files.Where(file => file.Length <= LargestSeed)];
        return small.Length > 0 ? small : files;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
