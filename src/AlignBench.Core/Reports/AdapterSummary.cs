using System.Globalization;

namespace AlignBench.Reports;

/// <summary>An adapter study's results in lines of at most 80 columns, read from its tables.</summary>
public static class AdapterSummary
{
    /// <param name="folder">A run's results.</param>
    /// <exception cref="AlignBenchException">A table is missing or has other columns.</exception>
    public static IEnumerable<string> Lines(string folder) =>
    [
        .. Alignment(CsvTable.Read(Path.Combine(folder, "adapters_alignment.csv"))),
        "",
        .. Training(CsvTable.Read(Path.Combine(folder, "adapters_epochs.csv"))),
    ];

    private static IEnumerable<string> Alignment(CsvTable table)
    {
        yield return "Mutual-kNN with the reference (chance: of unrelated spaces)";
        yield return $"{"adapter",-16} {"rows",-10} {"when",-6} {"image",6} {"text",6} {"both",6} {"H1",-5} {"H2",-5} {"chance",6} {"seed",4}";
        for (int row = 0; row < table.Rows.Count; row++)
        {
            yield return $"{Cut(table.Text(row, "adapter")),-16} {table.Text(row, "rows"),-10} {table.Text(row, "when"),-6} "
                + $"{Number(table, row, "image_reference"),6} {Number(table, row, "text_reference"),6} "
                + $"{Number(table, row, "multimodal_reference"),6} {table.Text(row, "h1"),-5} {table.Text(row, "h2"),-5} "
                + $"{Number(table, row, "chance"),6} {table.Text(row, "seed"),4}";
        }
    }

    private static IEnumerable<string> Training(CsvTable table)
    {
        yield return "Training, first and last epoch (validation rows)";
        yield return $"{"adapter",-16} {"epoch",5} {"InfoNCE",8} {"R@1",6} {"R@5",6} {"R@10",6} {"lambda",6} {"seed",4}";
        string[] adapters = [.. Enumerable.Range(0, table.Rows.Count).Select(row => table.Text(row, "adapter"))];
        for (int row = 0; row < adapters.Length; row++)
        {
            bool isEnd = table.Whole(row, "epoch") == 0 || row + 1 == adapters.Length || table.Whole(row + 1, "epoch") == 0;
            if (isEnd)
            {
                yield return $"{Cut(adapters[row]),-16} {table.Text(row, "epoch"),5} {Number(table, row, "validation_infonce"),8} "
                    + $"{Number(table, row, "validation_image_to_text_r1"),6} {Number(table, row, "validation_r5"),6} "
                    + $"{Number(table, row, "validation_r10"),6} {Number(table, row, "lambda"),6} {table.Text(row, "seed"),4}";
            }
        }
    }

    private static string Cut(string name) => name.Length <= 16 ? name : name[..15] + "…";

    private static string Number(CsvTable table, int row, string column) =>
        table.NumberOrNull(row, column)?.ToString("F4", CultureInfo.InvariantCulture) ?? "";
}
