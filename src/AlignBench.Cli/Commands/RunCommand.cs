using System.CommandLine;
using AlignBench.Cli.Display;
using AlignBench.Experiments;
using AlignBench.Regression.Presets;
using AlignBench.Reports;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench run CONFIG</c></summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Argument<FileInfo> config = new("config") { Description = "Experiment file (YAML); see configs/." };
        config.Validators.Add(CommonOptions.IsFile(config.Name));
        Option<string?> output = CommonOptions.Output("tables");
        Option<string[]> only = new("--only")
        {
            Description = "Run only these experiments of the file.",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> root = CommonOptions.Root();
        Option<string?> preset = new("--preset")
        {
            Description = "How scores are computed, instead of the config's preset: 'alignbench list presets'.",
            HelpName = "name",
        };
        Option<bool> force = new("--force") { Description = "Make the tables anew even if they are up to date." };
        Option<bool> dryRun = new("--dry-run")
        {
            Description = "Say what would be computed, with disk space and known times, and stop.",
        };
        Option<bool> noReport = new("--no-report") { Description = "Tables alone, no report.html." };
        Option<string> features = CommonOptions.Features();
        Option<int> threads = CommonOptions.Threads();

        preset.Offering(() => RidgePresets.All.Select(known => known.Name));

        WorkCommand command = new(
            "run",
            "Run an experiment; finished stages are reused.",
            [
                ("alignbench run configs/toy/study1.yaml", "Study 1 on the toy world; tables in results/toy-study1."),
                ("alignbench run configs/toy/study1.yaml --only pickapic -o /tmp/out", "One experiment, elsewhere."),
                ("alignbench run configs/toy/study1.yaml --preset nested -o /tmp/nested", "Another way to score."),
                ("alignbench run configs/study1/study1.yaml --root /data --dry-run", "What that would take."),
                ("alignbench run configs/study1/study1.yaml --root /data", "The real models and data under /data."),
            ],
            kept: "the features encoded so far are kept, run the same command to go on")
        {
            config, output, only, root, preset, features, threads, force, dryRun, noReport,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(config).ToString(),
            parsed.GetValue(root),
            parsed.GetValue(preset),
            parsed.GetValue(output),
            parsed.GetValue(dryRun),
            new StudyOptions(
                parsed.GetRequiredValue(features),
                parsed.GetRequiredValue(threads),
                parsed.GetValue(only) ?? [],
                parsed.GetValue(force)),
            !parsed.GetValue(noReport),
            Terminal.Of(parsed),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string config,
        string? root,
        string? preset,
        string? output,
        bool isDryRun,
        StudyOptions options,
        bool withReport,
        Terminal terminal,
        CancellationToken cancellation)
    {
        StudyConfig study = StudyConfigFile.Load(config, root, preset);
        string folder = output ?? Path.Combine("results", study.Name);
        if (isDryRun)
        {
            string results = Path.GetDirectoryName(Path.GetFullPath(folder)) ?? folder;
            StudyForecast forecast = await Task.Run(
                () => StudyForecast.Of(study, options, results, cancellation), cancellation);
            foreach (string line in ForecastReport.Lines(study, forecast))
            {
                await terminal.Output.WriteLineAsync(line);
            }

            return App.Done;
        }

        RunOutput.ThrowIfUnwritable(folder, options.Force);
        bool isNew = await terminal.WithProgressAsync(display => Task.Run(
            () =>
            {
                using Serilog.Core.Logger log = terminal.CreateLog(display);
                return new StudyRunner(options, log).Run(study, folder, display, cancellation);
            },
            cancellation));
        await new RunOutcome(StudySummary.Lines(folder), "Tables and run.json", folder, isNew)
            .WriteAsync(terminal, withReport, cancellation);
        return App.Done;
    }
}
