using System.CommandLine;
using AlignBench.Cli.Display;
using AlignBench.Diagnostics;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench doctor</c></summary>
internal static class DoctorCommand
{
    private const string Red = "\e[31m";
    private const string Yellow = "\e[33m";
    private const string Green = "\e[32m";
    private const string Plain = "\e[0m";

    public static Command Create()
    {
        Option<string> features = CommonOptions.Features();
        WorkCommand command = new(
            "doctor",
            "Say what works on this machine, and what to do about the rest.",
            [("alignbench doctor", "Engine, libraries, CPU, threads, memory and the feature store; exit code 1 if one is missing.")],
            kept: "nothing was changed")
        {
            features,
        };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(Report(Doctor.Examine(parsed.GetRequiredValue(features)), Terminal.Of(parsed))));
        return command;
    }

    /// <summary>A line for each finding and, under it, what to do.</summary>
    internal static int Report(IReadOnlyList<Finding> findings, Terminal terminal)
    {
        int width = findings.Max(finding => finding.What.Length);
        foreach (Finding finding in findings)
        {
            string word = Word(finding.Verdict, terminal.Colored);
            terminal.Output.WriteLine($"{word}  {finding.What.PadRight(width)}  {finding.Found}");
            if (finding.Advice is not null)
            {
                terminal.Output.WriteLine($"         {new string(' ', width)}  {finding.Advice}");
            }
        }

        int missing = findings.Count(finding => finding.Verdict == Verdict.Missing);
        terminal.Output.WriteLine(missing == 0 ? "everything needed is there" : $"missing: {missing}");
        return missing == 0 ? App.Done : App.Failed;
    }

    private static string Word(Verdict verdict, bool colored)
    {
        (string word, string color) = verdict switch
        {
            Verdict.Ok => ("ok     ", Green),
            Verdict.Note => ("note   ", Yellow),
            _ => ("MISSING", Red),
        };
        return colored ? color + word + Plain : word;
    }
}
