using System.CommandLine;
using AlignBench.Cli.Display;
using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench extract --model FOLDER --format NAME --data PATH</c></summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        Option<string> model = new("--model")
        {
            Description = "Checkpoint folder (config.json, safetensors), or the hub id or short name of a pulled model.",
            Required = true,
            HelpName = "folder",
        };
        DataOptions data = new();
        Option<string[]> select = new("--select")
        {
            Description = "Layers and poolings, e.g. penultimate_cls, penultimate_mean, last_mean, layer3_mean. "
                + "Default: the penultimate block's class token (images) or mean (text, sounds).",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int?> limit = new Option<int?>("--limit") { Description = "Only the first items.", HelpName = "n" }.AtLeast(1);
        Option<int> maxSkipped = CommonOptions.MaxSkipped();
        Option<string> features = CommonOptions.Features();
        Option<int> threads = CommonOptions.Threads();
        Option<bool> blockByBlock = new("--block-by-block")
        {
            Description = "Read the model's blocks one after the other instead of the whole model at once: same numbers, far less "
                + "memory. Done without being asked where the weights do not fit.",
        };
        Option<string> precision = new Option<string>("--precision")
        {
            Description = "fp32, or bf16 on a CPU with bfloat16 products (avx512_bf16, amx): linear layers multiply bfloat16 numbers, "
                + "convolutions stay fp32. How near a sample is to fp32 is printed and stored.",
            DefaultValueFactory = _ => EncoderPrecision.Fp32,
            HelpName = "name",
        }.Offering(() => EncoderPrecision.Names);

        WorkCommand command = new(
            "extract",
            "Encode a data set's images, captions or sounds with one model.",
            [
                ("alignbench extract --model data/toy/models/dinov2-toy-s --format flickr30k --data data/toy/data/flickr30k",
                    "Every image's class token; prints the stored file's path."),
                ("alignbench extract --model data/toy/models/bloom-toy-s --format flickr30k --data data/toy/data/flickr30k --select last_mean layer2_mean",
                    "Every caption, two files."),
                ("alignbench extract --model facebook/wav2vec2-base --format vggsound --data vggsound.csv --audio wav --max-skipped 20000",
                    "Every clip's sound; 20,000 may be missing or broken."),
            ],
            kept: "the features encoded so far are kept, run the same command to go on")
        {
            model, select, limit, maxSkipped, features, threads, blockByBlock, precision,
        };
        data.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(model),
            data.Read(parsed),
            new ExtractOptions(
                parsed.GetValue(select) ?? [],
                parsed.GetValue(limit),
                parsed.GetRequiredValue(maxSkipped),
                parsed.GetRequiredValue(features),
                parsed.GetRequiredValue(threads),
                parsed.GetValue(blockByBlock),
                parsed.GetRequiredValue(precision)),
            Terminal.Of(parsed),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string model, DatasetSource source, ExtractOptions options, Terminal terminal, CancellationToken cancellation)
    {
        string[] paths = await terminal.WithProgressAsync(display => Task.Run(
            () =>
            {
                using Serilog.Core.Logger log = terminal.CreateLog(display);
                return DatasetExtraction.Run(model, source, options, display, log, cancellation);
            },
            cancellation));
        foreach (string path in paths)
        {
            await terminal.Output.WriteLineAsync(Path.GetRelativePath(Environment.CurrentDirectory, path));
        }

        return App.Done;
    }
}
