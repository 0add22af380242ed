using System.CommandLine;
using AlignBench.Experiments.Templates;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench init study1|study2|custom [FILE]</c></summary>
internal static class InitCommand
{
    public static Command Create()
    {
        string[] names = [.. ConfigTemplate.All.Select(template => template.Name)];
        Argument<string> what = new Argument<string>("what")
        {
            HelpName = "what",
            Description = string.Join("; ", ConfigTemplate.All.Select(t => $"{t.Name}: {t.Description}")) + ".",
        }.AcceptOnlyFromAmong(names);
        Argument<string?> file = new("file")
        {
            Description = "Where to. Default: WHAT.yaml here.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> force = new("--force") { Description = "Replace a file that is there." };

        WorkCommand command = new(
            "init",
            "Write a commented experiment file to start from.",
            [
                ("alignbench init custom", "custom.yaml: your own table of images and captions, your own models."),
                ("alignbench init study1 mine/study1.yaml", "Study 1 at full size, to be changed."),
            ],
            kept: "the file is there whole or not at all")
        {
            what, file, force,
        };
        command.SetAction(async (parsed, _) =>
        {
            ConfigTemplate template = ConfigTemplate.All.First(t => t.Name == parsed.GetRequiredValue(what));
            string path = parsed.GetValue(file) ?? $"{template.Name}.yaml";
            template.Write(path, parsed.GetValue(force));
            TextWriter output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"{path} ({template.Description}), and {template.SchemaFile} for editors");
            await output.WriteLineAsync($"Then: alignbench {template.Command} {path}");
            return App.Done;
        });
        return command;
    }
}
