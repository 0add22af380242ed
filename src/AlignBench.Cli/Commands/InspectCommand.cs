using System.CommandLine;
using AlignBench.Cli.Display;
using AlignBench.Data;
using AlignBench.Inspection;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench inspect --format NAME --data PATH</c></summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        DataOptions data = new();
        Option<bool> noImages = new("--no-images") { Description = "Read items and captions alone, no image." };
        Option<bool> decode = new("--decode")
        {
            Description = "Decode every image whole, to find those that are cut short; else headers are read.",
        };
        Option<string?> csv = new("--csv")
        {
            Description = "Folder for the counts as tables; made if it is not there.",
            HelpName = "dir",
        };
        Option<int> threads = CommonOptions.Threads();

        WorkCommand command = new(
            "inspect",
            "What there is in a data set: items, captions, image sizes, duplicates, broken images.",
            [
                ("alignbench inspect --format flickr30k --data data/toy/data/flickr30k",
                    "Counts and histograms; images are read by their headers."),
                ("alignbench inspect --format table --data photos.csv --columns image=photo,caption=says --csv facts",
                    "A table of one's own; the tables go to facts/."),
            ],
            kept: "nothing was changed")
        {
            noImages, decode, csv, threads,
        };
        data.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(noImages) && result.GetValue(decode))
            {
                result.AddError("--no-images and --decode exclude each other");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            data.Read(parsed),
            parsed.GetValue(noImages) ? ImageDepth.None
                : parsed.GetValue(decode) ? ImageDepth.Pixels
                : ImageDepth.Header,
            parsed.GetRequiredValue(threads),
            parsed.GetValue(csv),
            Terminal.Of(parsed),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        DatasetSource source,
        ImageDepth depth,
        int threads,
        string? csv,
        Terminal terminal,
        CancellationToken cancellation)
    {
        DatasetFacts facts = await terminal.WithProgressAsync(display => Task.Run(
            () => DatasetInspection.Run(source, depth, threads, display, cancellation), cancellation));
        if (csv is not null)
        {
            InspectionTables.Write(csv, facts);
        }

        foreach (string line in InspectionText.Lines(facts))
        {
            await terminal.Output.WriteLineAsync(line);
        }

        return App.Done;
    }
}
