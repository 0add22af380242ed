using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AlignBench.Adapters;
using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Images;
using AlignBench.Interop.Lapack;
using AlignBench.Similarity.Neighbors;
using AlignBench.Tokenizers;

namespace AlignBench.Benchmarks;

/// <summary>
/// Prints <c>NAME RATE</c> lines for scripts/bench.sh:
/// <c>tokenizers CAPTIONS FOLDER ...</c> (captions of Parquet shards in the flickr30k layout) or
/// <c>images FOLDER</c> (its JPEG files), <c>pipeline MODEL SELECTION FOLDER</c> (the same, to stored features),
/// <c>adapters</c> (steps). <c>texts CAPTIONS FILE FILE</c> writes the texts of the first for a peer. For
/// scripts/bench-ridge.py: <c>ridge ITEMS WIDTHS WIDTHS CONDITIONS TIMES</c> and <c>products TIMES</c>. For
/// scripts/bench-neighbors.py: <c>neighbors ROWS WIDTH TIMES</c>. <c>encoders</c> prints a table of its own.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["tokenizers", string captions, .. string[] folders]:
                Tokenizers(captions, folders);
                return 0;
            case ["texts", string captions, string textFile, string newWordsFile]:
                File.WriteAllText(textFile, JsonSerializer.Serialize(Captions(captions)));
                File.WriteAllText(newWordsFile, JsonSerializer.Serialize(NewWords(captions: 20_000, words: 12)));
                return 0;
            case ["pipeline", string model, string selection, string folder]:
                (double forward, double extract) = PipelineWork.Measure(model, selection, folder, Environment.ProcessorCount);
                Print($"forward-{Path.GetFileName(model)}", forward);
                Print($"extract-{Path.GetFileName(model)}", extract);
                return 0;
            case ["images", string folder]:
                Images(folder);
                return 0;
            case ["adapters"]:
                Adapters("adapters-linear", AdapterKind.Linear);
                Adapters("adapters-mlp", AdapterKind.MlpGeluNorm);
                return 0;
            case ["neighbors", string rows, string width, string repetitions]:
                Neighbors(Number(rows), Number(width), Number(repetitions));
                return 0;
            case ["encoders"]:
                EncoderSpeed.Print();
                return 0;
            case ["ridge", string items, string vision, string language, string conditions, string repetitions]:
                Ridge(Number(items), Widths(vision), Widths(language), Number(conditions), Number(repetitions));
                return 0;
            case ["products", string repetitions]:
                MatrixProducts(Number(repetitions));
                return 0;
            default:
                Console.Error.WriteLine(
                    "expected: tokenizers CAPTIONS FOLDER ..., texts CAPTIONS FILE FILE, images FOLDER, "
                    + "pipeline MODEL SELECTION FOLDER, adapters, encoders, products TIMES, "
                    + "neighbors ROWS WIDTH TIMES or "
                    + "ridge ITEMS WIDTHS WIDTHS CONDITIONS TIMES");
                return 2;
        }
    }

    private static void Tokenizers(string captions, string[] folders)
    {
        string[] texts = Captions(captions);
        string[] newWords = NewWords(captions: 20_000, words: 12);
        foreach (string folder in folders)
        {
            ITokenizer tokenizer = TokenizerLoader.Load(folder);
            string name = $"tokenize-{Path.GetFileName(folder)}";
            Print(name, ProcessorTime.Rate(texts, tokenizer.EncodeIds));
            Print($"{name}-offsets", ProcessorTime.Rate(texts, tokenizer.Encode));
            Print($"{name}-new-words", ProcessorTime.Rate(newWords, tokenizer.EncodeIds));
        }
    }

    private static string[] Captions(string folder)
    {
        IDataset dataset = DatasetCatalog.Open(
            new DatasetSource { Format = "flickr30k", Path = Path.GetFullPath(folder) });
        return
        [
            .. dataset.ReadItems(CancellationToken.None).Items
                .SelectMany(item => item.Captions).Select(caption => caption.Text),
        ];
    }

    // Far more distinct words than a tokenizer remembers, so that each is taken apart.
    private static string[] NewWords(int captions, int words)
    {
        Random random = new(1);
        return
        [
            .. Enumerable.Range(0, captions).Select(_ => string.Join(' ', Enumerable.Range(0, words).Select(_ =>
                new string([.. Enumerable.Range(0, 5).Select(_ => (char)('a' + random.Next(26)))])))),
        ];
    }

    private static void Images(string folder)
    {
        byte[][] files =
            [.. Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        ImageProcessor processor = ImageProcessorPresets.Find("dinov2_hf");
        DecodeOptions decoding = new();
        Print("decode", ProcessorTime.Rate(files, file => ImageDecoder.Decode(file, decoding)));
        Print(
            "decode-resize-crop",
            ProcessorTime.Rate(files, file => processor.ResizeAndCrop(ImageDecoder.Decode(file, decoding))));
        Print("decode-resize-crop-normalise", ProcessorTime.Rate(files, file => processor.Process(file)));
    }

    // A line a repetition: seconds of the clock, of the processor, and the most memory so far.
    private static void Ridge(int items, int[] vision, int[] language, int conditions, int repetitions)
    {
        int threads = Environment.ProcessorCount;
        new RidgeWork(items: 100, [24, 120], [24, 120], conditions: 30).Run(threads);      // the compiler settles
        RidgeWork work = new(items, vision, language, conditions);
        using Process process = Process.GetCurrentProcess();
        for (int i = 0; i < repetitions; i++)
        {
            process.Refresh();
            TimeSpan before = process.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            work.Run(threads);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            process.Refresh();
            double spent = (process.TotalProcessorTime - before).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"seconds {seconds:F3} processor {spent:F3} megabytes {process.PeakWorkingSet64 >> 20}"));
        }
    }

    // Billions of operations a second of double-precision products, a square one on each processor side by side.
    private static void MatrixProducts(int repetitions)
    {
        const int side = 1024;
        double[][] factors = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new double[side * side])];
        double[][] products = [.. factors.Select(_ => new double[side * side])];
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Parallel.For(0, factors.Length, processor =>
            {
                RowMajor factor = new(factors[processor], side);
                for (int times = 0; times < 4; times++)
                {
                    Blas.Multiply(side, side, side, 1.0, factor, factor, 0.0, products[processor]);
                }
            });
            double operations = 4.0 * 2.0 * side * side * side * factors.Length;
            Print("gigaflops", operations / 1e9 / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    private static void Neighbors(int rows, int width, int repetitions)
    {
        (string Name, NeighborEngine Engine)[] engines =
            [("fp32", NeighborEngine.Fp32Kernel), ("bf16", NeighborEngine.Bf16Kernel), ("blas", NeighborEngine.Blas)];
        FeatureMatrix[] small = NeighborSpeed.Sets(1000, width);
        FeatureMatrix[] sets = NeighborSpeed.Sets(rows, width);
        foreach ((string _, NeighborEngine engine) in engines)
        {
            _ = NeighborSpeed.Rate(small, engine);             // the compiler settles
        }

        for (int i = 0; i < repetitions; i++)
        {
            foreach ((string name, NeighborEngine engine) in engines)
            {
                (double clock, double processor) = NeighborSpeed.Rate(sets, engine);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{name} {1.0 / clock:F3} {1.0 / processor:F3}"));
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int[] Widths(string text) => [.. text.Split(',').Select(Number)];

    private static void Adapters(string name, AdapterKind kind)
    {
        (double clock, double processor) = AdapterSteps.Rate(kind);
        Print(name, clock);
        Print($"{name}-processor", processor);
    }

    private static void Print(string name, double rate) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {rate:F1}"));
}
