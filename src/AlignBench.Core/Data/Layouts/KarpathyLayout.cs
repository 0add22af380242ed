using System.Globalization;
using System.Text.Json;
using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Tables;

namespace AlignBench.Data.Layouts;

/// <summary>
/// The JSON files of Karpathy and Fei-Fei 2015 (arXiv:1412.2306) for Flickr8k, Flickr30k and COCO, and the
/// folder of photos: a list images of {filename, split, sentences[{raw, sentid}]}, for COCO also the
/// subfolder as filepath. An item is an image file; a caption's id is its sentid.
/// </summary>
internal static class KarpathyLayout
{
    public static IDataset Open(DatasetSource source)
    {
        string file = source.RequireFile();
        string folder = source.RequireImages();
        return new IndexedDataset(
            source, [file], cancellation => ReadIndex(source, file, folder, cancellation));
    }

    private static DatasetIndex ReadIndex(
        DatasetSource source, string file, string folder, CancellationToken cancellation)
    {
        IndexBuilder builder = new(file);
        SplitFilter split = new(source);
        foreach ((_, int position, JsonElement element) in JsonMembers.Read(file, ["images"], cancellation))
        {
            JsonEntry entry = new(file, $"images[{position}]", element);
            if (split.Takes(entry.TextOrNull("split")))
            {
                Add($"{Path.GetFileName(file)} {entry.Place}", entry, folder, builder);
            }
        }

        split.ThrowIfNothingMatched();
        return builder.Build();
    }

    private static void Add(string source, JsonEntry entry, string folder, IndexBuilder builder)
    {
        string name = entry.Text("filename");
        string file = Path.Combine(folder, entry.Has("filepath") ? entry.Text("filepath") : "", name);
        if (!File.Exists(file))
        {
            builder.Skip(source, $"image file {file} is not there");
            return;
        }

        Caption[] captions = builder.UsableCaptions(
            source,
            [.. entry.Entries("sentences").Select(sentence => (Id(sentence), sentence.TextOrNull("raw")))]);
        if (captions.Length == 0)
        {
            return;
        }

        Item item = new()
        {
            Id = name,
            Group = name,
            Images = [new ImageReference(name, file)],
            Captions = captions,
        };
        builder.Add(source, item, new WholeFile(file));
    }

    private static string Id(JsonEntry sentence) =>
        sentence.WholeNumber("sentid").ToString(CultureInfo.InvariantCulture);
}
