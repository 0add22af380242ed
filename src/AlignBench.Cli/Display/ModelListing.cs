using System.Globalization;
using AlignBench.Models;

namespace AlignBench.Cli.Display;

/// <summary>What <c>alignbench list models</c> prints, in 80 columns, and the same as a table.</summary>
internal static class ModelListing
{
    private const int Columns = 80;
    private const int ShortRevision = 8;        // digits of a commit

    /// <summary>Of <see cref="Rows"/>.</summary>
    public static readonly string[] Header =
    [
        "name", "hub_id", "revision", "encodes", "model_type", "parameters", "width", "depth", "text_width",
        "text_depth", "bytes", "licence", "preprocessing",
    ];

    public static IEnumerable<object?[]> Rows() => EncoderCatalog.Entries.Select(entry => (object?[])
    [
        entry.Name, entry.HubId, entry.Revision, entry.Family.Modality, entry.ModelType, entry.Parameters,
        entry.Width, entry.Depth, entry.Text?.Width, entry.Text?.Depth, entry.Bytes, entry.Family.Licence,
        entry.Family.Preprocessing,
    ]);

    public static IEnumerable<string> Lines()
    {
        yield return $"{"hub id",-39} {"weights",7} {"width",8} {"depth",5} {"on disk",8} revision";
        foreach (IGrouping<EncoderFamily, EncoderEntry> family in EncoderCatalog.Entries.GroupBy(entry => entry.Family))
        {
            yield return "";
            yield return $"{family.Key.Name}: {Encoded(family.Key.Modality)}; {family.Key.Licence}";
            foreach (string line in Wrap(family.Key.Preprocessing, indent: 2))
            {
                yield return line;
            }

            foreach (EncoderEntry entry in family)
            {
                yield return Line(entry);
            }
        }

        string notes =
            "width/depth of two sides are the image's and the text's. The revision is a commit that public projects "
            + "pin (--csv FILE has it whole, for 'alignbench pull NAME --revision COMMIT'); main is whatever the hub "
            + "has now. 'alignbench pull' fetches main if nothing is said.";
        string others =
            "Any other folder or hub id of these architectures works as well: "
            + string.Join(", ", EncoderLoader.ModelTypes);
        foreach (string line in (string[])["", .. Wrap(notes), "", .. Wrap(others)])
        {
            yield return line;
        }
    }

    private static string Encoded(string modality) => modality switch
    {
        "image" => "images",
        "audio" => "sounds",
        "both" => "images and text",
        _ => modality,
    };

    private static string Line(EncoderEntry entry)
    {
        string width = Sides(entry.Width, entry.Text?.Width);
        string depth = Sides(entry.Depth, entry.Text?.Depth);
        string revision = entry.Revision[..Math.Min(entry.Revision.Length, ShortRevision)];
        string parameters = Scaled(entry.Parameters, "M", "B");
        return $"  {entry.HubId,-37} {parameters,7} {width,8} {depth,5} {Scaled(entry.Bytes, "MB", "GB"),8} {revision}";
    }

    private static string Sides(int image, int? text) => text is null
        ? image.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{image}/{text}");

    private static string Scaled(long count, string millions, string billions) => count < 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:F1} {millions}")
        : string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:F2} {billions}");

    private static IEnumerable<string> Wrap(string text, int indent = 0)
    {
        string start = new(' ', indent);
        string line = start;
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > Columns && line.Length > indent)
            {
                yield return line;
                line = start;
            }

            line += line.Length > indent ? $" {word}" : word;
        }

        yield return line;
    }
}
