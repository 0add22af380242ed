using System.CommandLine;
using AlignBench.Experiments.Schema;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench schema run|train-adapters</c></summary>
internal static class SchemaCommand
{
    private const string OfRun = "run";
    private const string OfTrainAdapters = "train-adapters";

    public static Command Create()
    {
        Argument<string> of = new Argument<string>("command")
        {
            HelpName = "command",
            Description = $"Whose files: {OfRun} or {OfTrainAdapters}.",
        }.AcceptOnlyFromAmong(OfRun, OfTrainAdapters);

        WorkCommand command = new(
            "schema",
            "Print the JSON Schema of experiment files, for editors.",
            [
                ("alignbench schema run > run.schema.json", "A file that begins with"),
                ("# yaml-language-server: $schema=run.schema.json", "is then completed and checked as it is typed."),
            ],
            kept: "nothing was changed")
        {
            of,
        };
        command.SetAction(async (parsed, _) =>
        {
            string schema = parsed.GetRequiredValue(of) == OfRun ? ConfigSchema.OfStudy() : ConfigSchema.OfAdapterStudy();
            await parsed.InvocationConfiguration.Output.WriteAsync(schema);
            return App.Done;
        });
        return command;
    }
}
