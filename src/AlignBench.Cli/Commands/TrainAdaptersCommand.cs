using System.CommandLine;
using AlignBench.Cli.Display;
using AlignBench.Experiments.Adapters;
using AlignBench.Reports;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench train-adapters CONFIG</c></summary>
internal static class TrainAdaptersCommand
{
    public static Command Create()
    {
        Argument<FileInfo> config = new("config") { Description = "Study file (YAML); see configs/." };
        config.Validators.Add(CommonOptions.IsFile(config.Name));
        Option<string?> output = CommonOptions.Output("tables, adapters and checkpoints");
        Option<string?> root = CommonOptions.Root();
        Option<bool> resume = new("--resume")
        {
            Description = "Go on from the last whole epoch of an interrupted run; the results are the same.",
        };
        Option<bool> force = new("--force") { Description = "Train anew even if the results are up to date." };
        Option<bool> noReport = new("--no-report") { Description = "Tables alone, no report.html." };
        Option<string> features = CommonOptions.Features();
        Option<int> threads = CommonOptions.Threads();
        threads.Description = "Items encoded, and adapters trained, at a time; results do not depend on it.";

        WorkCommand command = new(
            "train-adapters",
            "Train contrastive adapters on frozen features; mutual-kNN with a reference before and after.",
            [
                ("alignbench train-adapters configs/toy/study2.yaml", "Study 2 on the toy world; tables in results/toy-study2."),
                ("alignbench train-adapters configs/study2/study2.yaml --root /data --resume", "The real models and data, going on where it stopped."),
            ],
            kept: "whole epochs are kept, run the same command with --resume to go on")
        {
            config, output, root, features, threads, resume, force, noReport,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(config).ToString(),
            parsed.GetValue(root),
            parsed.GetValue(output),
            new AdapterStudyOptions(
                parsed.GetRequiredValue(features),
                parsed.GetRequiredValue(threads),
                parsed.GetValue(resume),
                parsed.GetValue(force)),
            !parsed.GetValue(noReport),
            Terminal.Of(parsed),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string config,
        string? root,
        string? output,
        AdapterStudyOptions options,
        bool withReport,
        Terminal terminal,
        CancellationToken cancellation)
    {
        AdapterStudyConfig study = AdapterStudyFile.Load(config, root);
        string folder = output ?? Path.Combine("results", study.Name);
        bool isNew = await terminal.WithTableAsync(display => Task.Run(
            () =>
            {
                using Serilog.Core.Logger log = terminal.CreateLog(display);
                return new AdapterStudyRunner(options, log).Run(study, folder, display, cancellation);
            },
            cancellation));
        await new RunOutcome(AdapterSummary.Lines(folder), "Tables, adapters and run.json", folder, isNew)
            .WriteAsync(terminal, withReport, cancellation);
        return App.Done;
    }
}
