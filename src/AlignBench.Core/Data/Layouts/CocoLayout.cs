using System.Globalization;
using System.Text.Json;
using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Tables;

namespace AlignBench.Data.Layouts;

/// <summary>
/// COCO's caption annotations (Chen et al. 2015, arXiv:1504.00325) as on cocodataset.org: a JSON file with
/// the lists images and annotations, and a folder of image files. An item is an entry of images, in that
/// list's order, with its captions by ascending annotation id. Deviation from torchvision's CocoCaptions,
/// which sorts by image id.
/// </summary>
internal static class CocoLayout
{
    private static readonly string[] s_arrays = ["images", "annotations"];

    public static IDataset Open(DatasetSource source)
    {
        source.ForbidSplit();
        string annotations = source.RequireFile();
        string folder = source.RequireImages();
        return new IndexedDataset(
            source, [annotations], cancellation => ReadIndex(annotations, folder, cancellation));
    }

    private static DatasetIndex ReadIndex(string file, string folder, CancellationToken cancellation)
    {
        IndexBuilder builder = new(file);
        List<(long Id, string File, string Source)> images = [];
        Dictionary<long, List<Sentence>> sentences = [];        // by image
        foreach ((string array, int position, JsonElement element)
            in JsonMembers.Read(file, s_arrays, cancellation))
        {
            JsonEntry entry = new(file, $"{array}[{position}]", element);
            if (array == "images")
            {
                images.Add((entry.WholeNumber("id"), entry.Text("file_name"), entry.Place));
                continue;
            }

            Sentence sentence = new(entry.WholeNumber("id"), entry.TextOrNull("caption"), entry.Place);
            long image = entry.WholeNumber("image_id");
            sentences.TryAdd(image, []);
            sentences[image].Add(sentence);
        }

        string name = Path.GetFileName(file);
        foreach ((long id, string imageFile, string place) in images)
        {
            sentences.Remove(id, out List<Sentence>? own);
            Add($"{name} {place}", id, Path.Combine(folder, imageFile), own ?? [], builder);
        }

        foreach ((long image, List<Sentence> stray) in sentences)
        {
            foreach (Sentence sentence in stray)
            {
                builder.Skip($"{name} {sentence.Place}", $"no image {image} in the list of images");
            }
        }

        return builder.Build();
    }

    private static void Add(
        string source, long id, string file, List<Sentence> sentences, IndexBuilder builder)
    {
        string text = id.ToString(CultureInfo.InvariantCulture);
        if (!File.Exists(file))
        {
            builder.Skip(source, $"image file {file} is not there");
            return;
        }

        Caption[] captions = builder.UsableCaptions(
            source,
            [.. sentences.OrderBy(sentence => sentence.Id).Select(sentence =>
                (sentence.Id.ToString(CultureInfo.InvariantCulture), sentence.Text))]);
        if (captions.Length == 0)
        {
            return;
        }

        Item item = new()
        {
            Id = text,
            Group = text,
            Images = [new ImageReference(text, file)],
            Captions = captions,
        };
        builder.Add(source, item, new WholeFile(file));
    }

    /// <param name="Id">Of the annotation.</param>
    /// <param name="Text">The caption; null as stored.</param>
    /// <param name="Place">In the file, for messages.</param>
    private readonly record struct Sentence(long Id, string? Text, string Place);
}
