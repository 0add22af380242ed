using System.CommandLine;
using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Cli;

/// <summary><c>alignbench extract --model FOLDER --format NAME --data PATH</c></summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        Option<string> model = new("--model")
        {
            Description = "Checkpoint folder (config.json, safetensors), or a hub id in the Hugging Face cache.",
            Required = true,
            HelpName = "folder",
        };
        Option<string> data = new("--data")
        {
            Description = "File, folder of shards or pattern; for coco the annotations file.",
            Required = true,
            HelpName = "path",
        };
        Option<string> format = new("--format")
        {
            Description = "Layout of the data: a name of 'alignbench list datasets'.",
            Required = true,
            HelpName = "name",
        };
        Option<string?> images = new("--images") { Description = "coco: the image folder.", HelpName = "dir" };
        Option<string?> split = new("--split") { Description = "Only the rows of this split.", HelpName = "name" };
        Option<string?> name = new("--name")
        {
            Description = "Folder of the data set in the feature store. Default: the format's name.",
            HelpName = "name",
        };
        Option<string[]> select = new("--select")
        {
            Description = "Layers and poolings, e.g. penultimate_cls, penultimate_mean, last_mean, layer3_mean. "
                + "Default: the penultimate block's class token (images) or mean (text).",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int?> limit = new Option<int?>("--limit") { Description = "Only the first items.", HelpName = "n" }.AtLeast(1);
        Option<int> maxSkipped = CommonOptions.MaxSkipped();
        Option<string> features = CommonOptions.Features();
        Option<int> threads = CommonOptions.Threads();

        WorkCommand command = new(
            "extract",
            "Encode a data set's images or captions with one model.",
            [
                ("alignbench extract --model data/toy/models/dinov2-toy-s --format flickr30k --data data/toy/data/flickr30k",
                    "Every image's class token; prints the stored file's path."),
                ("alignbench extract --model data/toy/models/bloom-toy-s --format flickr30k --data data/toy/data/flickr30k --select last_mean layer2_mean",
                    "Every caption, two files."),
            ],
            kept: "the features encoded so far are kept, run the same command to go on")
        {
            model, data, format, images, split, name, select, limit, maxSkipped, features, threads,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(model),
            new DatasetSource
            {
                Format = parsed.GetRequiredValue(format),
                Path = Path.GetFullPath(parsed.GetRequiredValue(data)),
                Images = parsed.GetValue(images) is string folder ? Path.GetFullPath(folder) : null,
                Split = parsed.GetValue(split),
                Name = parsed.GetValue(name),
            },
            new ExtractOptions(
                parsed.GetValue(select) ?? [],
                parsed.GetValue(limit),
                parsed.GetRequiredValue(maxSkipped),
                parsed.GetRequiredValue(features),
                parsed.GetRequiredValue(threads)),
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
