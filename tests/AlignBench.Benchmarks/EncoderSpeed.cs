using System.Globalization;
using AlignBench.Interop.Kernels;
using AlignBench.Models;
using AlignBench.Models.Language;
using AlignBench.Models.Vision;
using AlignBench.Nn;
using AlignBench.Nn.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Benchmarks;

/// <summary>
/// Forward passes of published shapes with made-up weights on one thread: on the CPU's kernels, on libtorch's
/// operators, on kernels in bfloat16 where the CPU has it, and what part of the processor's float32 peak the
/// kernels reach. All take turns, and the best of all rounds counts.
/// </summary>
internal static class EncoderSpeed
{
    private const int Rounds = 6;
    private const int ImageSide = 224;

    public static void Print()
    {
        set_num_threads(1);
        Dinov2("dinov2-small", new Dinov2Config
        {
            Width = 384,
            Depth = 12,
            Heads = 6,
            ImageSide = 518,
            PatchSide = 14,
        });
        Dinov2("dinov2-base", new Dinov2Config
        {
            Width = 768,
            Depth = 12,
            Heads = 12,
            ImageSide = 518,
            PatchSide = 14,
        });
        DistilBert();
        ResNet18();
    }

    private static void Dinov2(string name, Dinov2Config config)
    {
        const int Images = 4;
        Tensor images = randn([Images, config.Channels, ImageSide, ImageSide]);
        double tokens = Math.Pow(ImageSide / config.PatchSide, 2) + 1;
        double products = 2 * tokens * config.Width * ((4 * config.Width) + (2 * config.Hidden));
        double attention = 4 * tokens * tokens * config.Width;
        double patches = 2 * tokens * config.Width * config.Channels * config.PatchSide * config.PatchSide;
        FeatureSelection[] full = [new(config.Depth, Pooling.Mean)];
        FeatureSelection[] cut = [FeatureSelection.PenultimateCls];
        Dinov2Encoder[] encoders = Every(
            MadeUpWeights.Dinov2(
                config.Width,
                config.Depth,
                config.Hidden,
                config.PatchSide,
                positions: (int)Math.Pow(config.ImageSide / config.PatchSide, 2)),
            weights => new Dinov2Encoder(config, weights));

        Compare(
            $"{name} {ImageSide} px, images",
            Images,
            (config.Depth * (products + attention)) + patches,
            encoders.Select<Dinov2Encoder, Action>(encoder => () => Run(() => encoder.Encode(images, full))));
        Compare(
            $"{name} penultimate class token, images",
            Images,
            operations: null,
            encoders.Select<Dinov2Encoder, Action>(encoder => () => Run(() => encoder.Encode(images, cut))));
    }

    private static void DistilBert()
    {
        DistilBertConfig config = new()
        {
            Vocabulary = 30522,
            Width = 768,
            Depth = 6,
            Heads = 12,
            Hidden = 3072,
            Positions = 512,
        };
        Random random = new(1);
        long[][] captions =
        [
            .. Enumerable.Range(0, 64).Select(_ => Enumerable.Range(0, 8 + random.Next(13))
                .Select(_ => (long)random.Next(config.Vocabulary)).ToArray()),
        ];
        double tokens = captions.Sum(caption => caption.Length);
        double products = 2 * tokens * config.Width * ((4 * config.Width) + (2 * config.Hidden));
        double attention = 4.0 * config.Width * captions.Sum(caption => caption.Length * caption.Length);
        FeatureSelection[] full = [new(config.Depth, Pooling.Mean)];
        Compare(
            "distilbert-base 8-20 tokens packed, captions",
            captions.Length,
            config.Depth * (products + attention) / captions.Length,
            Every(
                MadeUpWeights.DistilBert(
                    config.Vocabulary, config.Positions, config.Width, config.Depth, config.Hidden),
                weights => new DistilBertEncoder(config, weights))
                .Select<DistilBertEncoder, Action>(encoder => () => Run(() => encoder.Encode(captions, full))));
    }

    private static void ResNet18()
    {
        const int Images = 8;
        const double Operations = 3.627e9;      // of the convolutions at 224 px
        ResNetConfig config = new()
        {
            Widths = [64, 128, 256, 512],
            Depths = [2, 2, 2, 2],
            StemWidth = 64,
            Bottleneck = false,
        };
        Tensor images = randn([Images, 3, ImageSide, ImageSide]);
        FeatureSelection[] pooled = [FeatureSelection.Parse("pooled")];
        Compare(
            $"resnet-18 {ImageSide} px, images",
            Images,
            Operations,
            Every(MadeUpWeights.ResNet18(), weights => new ResNetEncoder(config, weights))
                .Select<ResNetEncoder, Action>(encoder => () => Run(() => encoder.Encode(images, pooled))));
    }

    /// <summary>The encoder on kernels, on operators, and in bfloat16.</summary>
    private static T[] Every<T>(MadeUpWeights weights, Func<WeightReader, T> create)
    {
        Engine[] engines = CpuKernels.HasBFloat16
            ? [Engine.Kernels, Engine.Operators, Engine.Bf16Kernels]
            : [Engine.Kernels, Engine.Operators];
        return [.. engines.Select(engine => create(new(weights, engine: engine)))];
    }

    private static void Run(Func<Tensor[]> encode)
    {
        using DisposeScope scope = NewDisposeScope();
        GC.KeepAlive(encode());
    }

    private static void Compare(string name, int items, double? operations, IEnumerable<Action> ways)
    {
        Action[] every = [.. ways];
        double[] seconds = [.. every.Select(_ => double.MaxValue)];
        double peak = 0;
        for (int round = 0; round < Rounds; round++)
        {
            peak = Math.Max(peak, ProcessorPeak.Measure());
            for (int way = 0; way < every.Length; way++)
            {
                seconds[way] = Math.Min(seconds[way], ProcessorPeak.SecondsOf(every[way]) / items);
            }
        }

        string share = operations is double count
            ? string.Create(CultureInfo.InvariantCulture, $", {count / seconds[0] / peak:P1} of {peak / 1e9:F1} GF")
            : "";
        string narrow = seconds.Length > 2
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; bf16 {1 / seconds[2]:F2}, {seconds[0] / seconds[2]:F2} times fp32")
            : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}/s: {1 / seconds[0]:F2}, operators {1 / seconds[1]:F2}, "
            + $"{seconds[1] / seconds[0]:F2} times{share}{narrow}"));
    }
}
