using System.CommandLine;
using System.Globalization;
using AlignBench.Cli.Display;
using AlignBench.Reports;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench verify DIR EXPECTED</c></summary>
internal static class VerifyCommand
{
    private const int ShownPerTable = 20;

    public static Command Create()
    {
        Argument<DirectoryInfo> folder = new Argument<DirectoryInfo>("dir")
        {
            Description = "Folder with a run's tables.",
        }.AcceptExistingOnly();
        Argument<DirectoryInfo> expected = new Argument<DirectoryInfo>("expected")
        {
            Description = $"Folder with the expected tables and, if wanted, {ToleranceFile.Name}.",
        }.AcceptExistingOnly();
        Option<double> tolerance = new("--tolerance")
        {
            Description = $"Largest absolute difference of numbers in columns that {ToleranceFile.Name} doesn't name.",
            DefaultValueFactory = _ => Tolerance.Standard.Absolute,
            HelpName = "number",
        };
        Option<string[]> where = new("--where")
        {
            Description = "Compare only the expected rows with these values, in tables that have the column.",
            HelpName = "column=value,value",
            AllowMultipleArgumentsPerToken = true,
        };

        WorkCommand command = new(
            "verify",
            "Compare a run's tables with expected ones; exit code 1 on a difference.",
            [
                ("alignbench verify results/toy-study1 data/toy/expected",
                    "Each CSV table that both folders have, row by row."),
                ("alignbench verify results/toy-study1 data/toy/expected --where experiment=pickapic,average_captions",
                    "Only the rows of two experiments."),
            ],
            kept: "nothing was compared to the end")
        {
            folder, expected, tolerance, where,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Verify(
            parsed.GetRequiredValue(folder).ToString(),
            parsed.GetRequiredValue(expected).ToString(),
            parsed.GetRequiredValue(tolerance),
            parsed.GetValue(where) ?? [],
            Terminal.Of(parsed))));
        return command;
    }

    private static int Verify(string folder, string expected, double tolerance, string[] where, Terminal terminal)
    {
        if (!(tolerance >= 0))
        {
            throw new UsageException($"--tolerance: expected a number that is not negative, got {tolerance}");
        }

        VerificationResult result =
            TableVerifier.Verify(folder, expected, new Tolerance(tolerance, 0), Filters(where));
        if (result.Unmatched is [string unmatched, ..])
        {
            throw new UsageException($"--where: {unmatched}");
        }

        Print(result, terminal.Output);
        return result.Agrees ? App.Done : App.Failed;
    }

    private static IReadOnlyList<RowFilter> Filters(string[] where)
    {
        try
        {
            return RowFilter.Parse(where);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--where: {e.Message}");
        }
    }

    private static void Print(VerificationResult result, TextWriter output)
    {
        int width = result.Tables.Select(table => table.Table).Concat(result.NotMade).Max(name => name.Length);
        foreach (TableComparison table in result.Tables)
        {
            string largest = table.LargestDifference.ToString("G3", CultureInfo.InvariantCulture);
            output.WriteLine(table.Agrees
                ? $"{table.Table.PadRight(width)}  agrees: {table.Rows} rows, largest difference {largest}"
                : $"{table.Table.PadRight(width)}  DIFFERS: {table.Differences.Count} differences in {table.Rows} rows");
            foreach (TableDifference difference in table.Differences.Take(ShownPerTable))
            {
                output.WriteLine($"    {Describe(difference)}");
            }

            if (table.Differences.Count > ShownPerTable)
            {
                output.WriteLine($"    and {table.Differences.Count - ShownPerTable} more");
            }
        }

        foreach (string name in result.NotMade)
        {
            output.WriteLine($"{name.PadRight(width)}  not compared: the run has no such table");
        }

        int differing = result.Tables.Count(table => !table.Agrees);
        output.WriteLine(
            result.Tables.Sum(table => table.Rows) == 0
                ? "nothing compared: the run has none of the tables with the expected rows"
            : differing == 0 ? $"all {result.Tables.Count} tables agree"
            : $"{differing} of {result.Tables.Count} tables differ");
    }

    private static string Describe(TableDifference difference)
    {
        string[] parts = [difference.Row, difference.Column, difference.Problem];
        return string.Join(": ", parts.Where(part => part.Length > 0));
    }
}
