using System.Globalization;
using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Tables;

namespace AlignBench.Data.Layouts;

/// <summary>
/// The caption file that Flickr30k and Flickr8k are published with (results_20130124.token): a line is
/// <c>image#k TAB caption</c>. An item is an image file; a caption's id is the line's first part. No splits.
/// </summary>
internal static class TokenFileLayout
{
    private const int NamedLines = 5;

    public static IDataset Open(DatasetSource source)
    {
        source.ForbidSplit();
        string file = source.RequireFile();
        string folder = source.RequireImages();
        return new IndexedDataset(
            source, [file], cancellation => ReadIndex(file, folder, cancellation));
    }

    private static DatasetIndex ReadIndex(string file, string folder, CancellationToken cancellation)
    {
        IndexBuilder builder = new(file);
        FileItems items = new(folder, folder, builder);
        List<string> wrong = [];
        foreach (TextLine line in TextLines.Read(file))
        {
            cancellation.ThrowIfCancellationRequested();
            if (line.Text.Length == 0)
            {
                continue;
            }

            string[] parts = line.Text.Split('\t', 2);
            int mark = parts[0].LastIndexOf('#');
            if (parts.Length < 2)
            {
                wrong.Add($"line {line.Number} has no tab");
            }
            else if (mark < 1 || !IsNumber(parts[0][(mark + 1)..]))
            {
                wrong.Add($"line {line.Number} has no number after #");
            }
            else
            {
                string place = $"{Path.GetFileName(file)} line {line.Number}";
                items.Add(place, parts[0][..mark], parts[0], parts[1]);
            }
        }

        if (wrong.Count > 0)
        {
            string more = wrong.Count > NamedLines ? $" and {wrong.Count - NamedLines} more" : "";
            throw new DataException(
                $"{file}: expected image#k TAB caption: {string.Join(", ", wrong.Take(NamedLines))}{more}");
        }

        items.Finish();
        return builder.Build();
    }

    private static bool IsNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
