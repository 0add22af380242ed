using System.Globalization;
using System.Text.Json;
using AlignBench.Data;
using AlignBench.Images;
using AlignBench.Tokenizers;

namespace AlignBench.Benchmarks;

/// <summary>
/// Prints <c>NAME RATE</c> lines for scripts/bench.sh:
/// <c>tokenizers CAPTIONS FOLDER ...</c> (captions of Parquet shards in the flickr30k layout) or
/// <c>images FOLDER</c> (its JPEG files), <c>pipeline MODEL SELECTION FOLDER</c> (the same, to stored features).
/// <c>texts CAPTIONS FILE FILE</c> writes the texts of the first for a peer; <c>encoders</c> prints a table of its own.
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
            case ["encoders"]:
                EncoderSpeed.Print();
                return 0;
            default:
                Console.Error.WriteLine(
                    "expected: tokenizers CAPTIONS FOLDER ..., texts CAPTIONS FILE FILE, images FOLDER or encoders");
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

    private static void Print(string name, double rate) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {rate:F1}"));
}
