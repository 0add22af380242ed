using System.CommandLine;
using AlignBench.Data;

namespace AlignBench.Cli;

/// <summary>The options that say which data set a command works on.</summary>
internal sealed class DataOptions
{
    private static readonly string[] s_uses = ["image", "caption", "audio", "id", "group", "split"];

    private readonly Option<string> _data = new("--data")
    {
        Description = "File, folder of shards or pattern; for coco the annotations file.",
        Required = true,
        HelpName = "path",
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "Layout of the data: a name of 'alignbench list datasets'.",
        Required = true,
        HelpName = "name",
    };

    private readonly Option<string?> _images = new("--images")
    {
        Description = "Image folder, for layouts that keep the images apart.",
        HelpName = "dir",
    };

    private readonly Option<string?> _audio = new("--audio")
    {
        Description = "Folder of the WAV files, for layouts with sounds. Default: that of the table.",
        HelpName = "dir",
    };

    private readonly Option<string?> _split = new("--split")
    {
        Description = "Only the rows of this split.",
        HelpName = "name",
    };

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = $"table: its columns by name, image=NAME,caption=NAME; also {string.Join(", ", s_uses[2..])}.",
        HelpName = "use=name,...",
    };

    private readonly Option<string> _orientation = new("--orientation")
    {
        Description = "EXIF orientation of pictures: turn them upright, or take them as stored.",
        DefaultValueFactory = _ => DatasetSource.ApplyOrientation,
        HelpName = "apply|ignore",
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "Folder of the data set in the feature store. Default: the format's name.",
        HelpName = "name",
    };

    public void AddTo(Command command)
    {
        _format.Offering(() => DatasetCatalog.Formats.Select(known => known.Name));
        _orientation.Offering(() => [DatasetSource.ApplyOrientation, DatasetSource.IgnoreOrientation]);
        Option[] all = [_format, _data, _images, _audio, _split, _columns, _orientation, _name];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">--columns can't be read.</exception>
    public DatasetSource Read(ParseResult parsed) => new()
    {
        Format = parsed.GetRequiredValue(_format),
        Path = Path.GetFullPath(parsed.GetRequiredValue(_data)),
        Images = parsed.GetValue(_images) is string folder ? Path.GetFullPath(folder) : null,
        Audio = parsed.GetValue(_audio) is string sounds ? Path.GetFullPath(sounds) : null,
        Split = parsed.GetValue(_split),
        Columns = parsed.GetValue(_columns) is string columns ? Columns(columns) : null,
        Orientation = parsed.GetRequiredValue(_orientation),
        Name = parsed.GetValue(_name),
    };

    private static DatasetColumns Columns(string text)
    {
        Dictionary<string, string> names = [];
        foreach (string pair in text.Split(','))
        {
            string[] sides = pair.Split('=', 2);
            if (sides.Length < 2 || sides[1].Length == 0)
            {
                throw new UsageException($"--columns: expected use=name, got '{pair}'");
            }

            if (!s_uses.Contains(sides[0]))
            {
                throw new UsageException(
                    $"--columns: unknown use '{sides[0]}'{Suggestion.For(sides[0], s_uses)}; "
                    + $"expected {string.Join(", ", s_uses)}");
            }

            if (!names.TryAdd(sides[0], sides[1]))
            {
                throw new UsageException($"--columns: {sides[0]} is named twice");
            }
        }

        return new DatasetColumns
        {
            Image = names.GetValueOrDefault("image"),
            Caption = names.GetValueOrDefault("caption"),
            Audio = names.GetValueOrDefault("audio"),
            Id = names.GetValueOrDefault("id"),
            Group = names.GetValueOrDefault("group"),
            Split = names.GetValueOrDefault("split"),
        };
    }
}
