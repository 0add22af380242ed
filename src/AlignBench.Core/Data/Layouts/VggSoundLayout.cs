using System.Globalization;
using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Tables;

namespace AlignBench.Data.Layouts;

/// <summary>
/// VGGSound (Chen et al. 2020, arXiv:2004.14368) as published: vggsound.csv without a header, a line
/// <c>YouTube id, start in seconds, label, split</c>, and a WAV file a clip, named by id and start with six
/// digits (<c>---g-f_I2yQ_000001.wav</c>; github.com/hche11/VGGSound). An item is a clip, known by that name;
/// its caption is the label, its image the frame of that name, if there is one; clips of one video are a group.
/// </summary>
internal static class VggSoundLayout
{
    private const int NamedLines = 5;

    public static IDataset Open(DatasetSource source)
    {
        string file = source.RequireFile();
        string sounds = source.AudioBeside(file);
        string frames = source.Images is null ? sounds : source.RequireImages();
        return new IndexedDataset(
            source, [file], cancellation => ReadIndex(source, file, (sounds, frames), cancellation));
    }

    private static DatasetIndex ReadIndex(
        DatasetSource source, string file, (string Sounds, string Frames) folders, CancellationToken cancellation)
    {
        IndexBuilder builder = new(file);
        SplitFilter split = new(source);
        List<string> wrong = [];
        foreach ((int line, string[] fields) in CsvRecords.Read(file, ','))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Problem(fields) is string problem)
            {
                wrong.Add($"line {line} has {problem}");
            }
            else if (split.Takes(fields[3]))
            {
                Add($"{Path.GetFileName(file)} line {line}", fields, folders, builder);
            }
        }

        if (wrong.Count > 0)
        {
            string more = wrong.Count > NamedLines ? $" and {wrong.Count - NamedLines} more" : "";
            throw new DataException(
                $"{file}: expected YouTube id, start in seconds, label, split: "
                + string.Join(", ", wrong.Take(NamedLines)) + more);
        }

        split.ThrowIfNothingMatched();
        return builder.Build();
    }

    private static string? Problem(string[] fields) =>
        fields.Length != 4 ? $"{fields.Length} fields"
        : fields[0].Length == 0 || fields[0].Contains('/') ? $"id '{fields[0]}'"
        : int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null
        : $"start '{fields[1]}'";

    private static void Add(
        string source, string[] fields, (string Sounds, string Frames) folders, IndexBuilder builder)
    {
        int start = int.Parse(fields[1], CultureInfo.InvariantCulture);
        string name = string.Create(CultureInfo.InvariantCulture, $"{fields[0]}_{start:D6}");
        string sound = Path.Combine(folders.Sounds, $"{name}.wav");
        if (!File.Exists(sound))
        {
            builder.Skip(source, $"sound file {sound} is not there");
            return;
        }

        Caption[] captions = builder.UsableCaptions(source, [(CaptionIds.Numbered(name, 0), fields[2])]);
        if (captions.Length == 0)
        {
            return;
        }

        string? frame = ImageFiles.Extensions
            .Select(extension => Path.Combine(folders.Frames, $"{name}.{extension}"))
            .FirstOrDefault(File.Exists);
        Item item = new()
        {
            Id = name,
            Group = fields[0],
            Sounds = [new SoundReference(name, sound)],
            Images = frame is null ? [] : [new ImageReference(name, frame)],
            Captions = captions,
        };
        builder.Add(source, item, frame is null ? [] : [new WholeFile(frame)]);
    }
}
