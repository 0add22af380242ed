using System.CommandLine;
using AlignBench.Cli.Display;
using AlignBench.Hub;
using AlignBench.Hub.Cache;
using AlignBench.Models;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench pull NAME</c></summary>
internal static class PullCommand
{
    public static Command Create() => Create(HubEnvironment.Process);

    /// <param name="environment">Says where the hub and the cache are.</param>
    public static Command Create(HubEnvironment environment)
    {
        Argument<string> name = new("name")
        {
            Description = "Hub id, owner/name, or a short name: the last part of an id of 'alignbench list models'.",
        };
        Option<string> revision = new("--revision")
        {
            Description = "Branch, tag or commit.",
            DefaultValueFactory = _ => GitRevision.Main,
            HelpName = "rev",
        };
        Option<string?> cache = new("--cache")
        {
            Description = "Folder of the Hugging Face cache. Default: HF_HUB_CACHE, or hub/ under HF_HOME, "
                + "or ~/.cache/huggingface/hub.",
            HelpName = "dir",
        };

        WorkCommand command = new(
            "pull",
            "Fetch a checkpoint from a Hugging Face hub into its cache; resumable, digest-checked.",
            [
                ("alignbench pull facebook/dinov2-small", "Fetches what is missing; prints the folder."),
                ("alignbench pull bloom-560m --revision main", "A model of the studies by its short name."),
                ("HF_ENDPOINT=https://hub.example.org alignbench pull owner/name --cache /data/hub",
                    "From another hub, into another cache."),
            ],
            kept: "what has come so far is kept, run the same command to go on")
        {
            name, revision, cache,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            ParseName(parsed.GetRequiredValue(name)),
            ParseRevision(parsed.GetRequiredValue(revision)),
            environment.Settings(parsed.GetValue(cache)),
            Terminal.Of(parsed),
            cancellation));
        return command;
    }

    private static HubId ParseName(string name)
    {
        string id = EncoderCatalog.Find(name)?.HubId ?? name;
        IEnumerable<string> known = EncoderCatalog.Entries.SelectMany(entry => new[] { entry.Name, entry.HubId });
        return id.Contains('/') && HubId.TryParse(id) is { } parsed
            ? parsed
            : throw new UsageException(
                $"expected a hub id, owner/name, or a short name of 'alignbench list models', got '{name}'"
                + (Hint(name) ?? Suggestion.For(name, known)));
    }

    /// <summary>What else people give: a page's address, a revision behind @, a folder.</summary>
    private static string? Hint(string name)
    {
        string[] parts = name.Split('@', 2);
        return Uri.TryCreate(name, UriKind.Absolute, out Uri? page) && page.Scheme is "https" or "http"
            && HubId.TryParse(string.Join('/', page.AbsolutePath.Trim('/').Split('/').Take(2))) is { } id
                ? $"; did you mean '{id}'?"
            : parts.Length == 2 && HubId.TryParse(parts[0]) is { } repository && GitRevision.IsWellFormed(parts[1])
                ? $"; did you mean '{repository} --revision {parts[1]}'?"
            : Directory.Exists(name) ? "; a folder needs no pull: give it to --model as it is"
            : null;
    }

    /// <summary>Says before the weights come that they will be of no use here.</summary>
    private static void WarnIfUnknown(string folder, HubId id, Serilog.ILogger log)
    {
        try
        {
            EncoderLoader.ReadModelType(folder);
        }
        catch (CheckpointException e)
        {
            log.Warning("{Model:l} can't be used by this program: {Reason:l}", id, e.Message);
        }
    }

    private static string ParseRevision(string revision) => GitRevision.IsWellFormed(revision)
        ? revision
        : throw new UsageException($"--revision: expected a branch, tag or commit, got '{revision}'");

    private static async Task<int> RunAsync(
        HubId id, string revision, HubSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        PulledModel model = await terminal.WithProgressAsync(async display =>
        {
            using Serilog.Core.Logger log = terminal.CreateLog(display);
            using ModelPull pull = new(settings, log);
            PulledModel pulled =
                await Task.Run(
                    () => pull.RunAsync(id, revision, display, cancellation, folder => WarnIfUnknown(folder, id, log)),
                    cancellation);
            log.Information(
                pulled.IsNew ? "{Model:l} at {Revision:l}: pulled, commit {Commit:l}"
                    : "{Model:l} at {Revision:l}: up to date, commit {Commit:l}",
                id,
                revision,
                pulled.Commit);
            return pulled;
        });
        await terminal.Output.WriteLineAsync(model.Snapshot);
        return App.Done;
    }
}
