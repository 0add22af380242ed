using System.Globalization;
using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Parquet;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Layouts;

/// <summary>One row of <see cref="PickapicLayout"/>.</summary>
internal sealed record PickapicRow
{
    private static readonly string[] s_columns = ["jpg_0", "jpg_1"];

    private PickapicRow()
    {
    }

    private string Source { get; init; } = "";

    private long Row { get; init; }

    private string Id { get; init; } = "";

    private string? Prompt { get; init; }

    private double?[] Labels { get; init; } = [];

    private bool HasLabel { get; init; }

    private string?[] Uids { get; init; } = [];

    private string?[] Paths { get; init; } = [];

    /// <param name="chunk">Row number, prompt, two labels, id, two uids, two paths, has_label.</param>
    /// <param name="i">The row of the chunk.</param>
    /// <param name="shard">The file's name, for messages.</param>
    /// <param name="rowsBefore">Rows of the shards before, for ids where none are stored.</param>
    public static PickapicRow Read(DuckDbReader chunk, int i, string shard, long rowsBefore)
    {
        long row = chunk.Column(0).WholeNumber(i);
        return new PickapicRow
        {
            Source = $"{shard} row {row}",
            Row = row,
            Id = chunk.Text(4, i) ?? (rowsBefore + row).ToString(CultureInfo.InvariantCulture),
            Prompt = chunk.Text(1, i),
            Labels = [chunk.Number(2, i), chunk.Number(3, i)],
            HasLabel = chunk.Text(9, i) != "false",
            Uids = [chunk.Text(5, i), chunk.Text(6, i)],
            Paths = [chunk.Text(7, i), chunk.Text(8, i)],
        };
    }

    /// <summary>Adds the row as an item, or counts it as left out.</summary>
    public void AddTo(IndexBuilder builder, ParquetImageFinder[] finders)
    {
        string? flaw = string.IsNullOrWhiteSpace(Prompt) ? "the prompt is null or blank" : LabelFlaw();
        ImagePlace[] places = new ImagePlace[2];
        for (int side = 0; side < 2 && flaw is null; side++)
        {
            ImagePlace? place = finders[side].Find(Row, Paths[side], out string reason);
            flaw = place is null ? $"{s_columns[side]}: {reason}" : null;
            places[side] = place!;
        }

        if (flaw is not null)
        {
            builder.Skip(Source, flaw);
            return;
        }

        Item item = new()
        {
            Id = Id,
            Group = Prompt!,
            Images = [Image(0), Image(1)],
            Captions = [new Caption(Id, Prompt!)],
            Labels = Labels,
        };
        builder.Add(Source, item, places);
    }

    private ImageReference Image(int side) => new(
        string.IsNullOrEmpty(Uids[side]) ? $"{Id}/{s_columns[side]}" : Uids[side]!,
        $"{Source} column {s_columns[side]}");

    private string? LabelFlaw()
    {
        if (Labels[0] is not double first || Labels[1] is not double second)
        {
            return "no preference: a label is null";
        }

        if (!double.IsFinite(first) || !double.IsFinite(second))
        {
            return "no preference: a label is not a finite number";
        }

        if (!HasLabel)
        {
            return "no preference: has_label is false";
        }

        return first + second == 1
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"labels {first} and {second} do not add up to 1");
    }
}
