using AlignBench.Reports;

namespace AlignBench.Experiments.Measures;

/// <summary>A table that says which items belong together: columns <c>item</c> and <c>group</c>, a row an item.</summary>
internal static class ItemGroupFile
{
    /// <param name="path">CSV; further columns, and items that are not asked for, do not matter.</param>
    /// <param name="items">[n].</param>
    /// <returns>[n], numbers of the items' groups.</returns>
    /// <exception cref="DataException">It can't be read, names an item twice or lacks one.</exception>
    public static int[] Read(string path, IReadOnlyList<string> items)
    {
        CsvTable table = CsvTable.Read(path);
        Dictionary<string, int> numbers = [];
        Dictionary<string, int> groupOf = [];
        for (int row = 0; row < table.Rows.Count; row++)
        {
            string group = table.Text(row, "group");
            if (!numbers.TryGetValue(group, out int number))
            {
                numbers.Add(group, number = numbers.Count);
            }

            if (!groupOf.TryAdd(table.Text(row, "item"), number))
            {
                throw new DataException($"{path} row {row + 1}: item {table.Text(row, "item")} is there twice");
            }
        }

        return
        [
            .. items.Select(item => groupOf.TryGetValue(item, out int group)
                ? group
                : throw new DataException($"{path}: expected a group for item {item}, got none")),
        ];
    }
}
