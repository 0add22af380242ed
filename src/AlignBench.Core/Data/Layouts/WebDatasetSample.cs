using System.Text.Json;
using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Tables;

namespace AlignBench.Data.Layouts;

/// <summary>One sample of <see cref="WebDatasetLayout"/> while its members come in.</summary>
internal sealed class WebDatasetSample(string file, string key)
{
    private readonly List<string> _extensions = [];
    private TarMember? _image;
    private TarMember? _text;
    private TarMember? _json;

    public string Key { get; } = key;

    private string Source => $"{Path.GetFileName(file)} sample {Key}";

    /// <exception cref="DataException">The sample has two members of one extension.</exception>
    public void Take(string extension, TarMember member)
    {
        if (_extensions.Contains(extension))
        {
            throw new DataException($"{file}: {member.Name} is there twice");
        }

        _extensions.Add(extension);
        _image ??= ImageFiles.IsImage(extension) ? member : null;
        _text = extension == "txt" ? member : _text;
        _json = extension == "json" ? member : _json;
    }

    /// <summary>Adds the sample as an item, or counts it as incomplete.</summary>
    public void AddTo(IndexBuilder builder)
    {
        if (_image is null || (_text is null && _json is null))
        {
            string lacks = _image is null ? "no image" : "no caption";
            builder.Skip(Source, $"{lacks} among {string.Join(", ", _extensions)}");
            return;
        }

        Caption[] captions = builder.UsableCaptions(Source, [(Key, Text())]);
        if (captions.Length == 0)
        {
            return;
        }

        Item item = new()
        {
            Id = Key,
            Group = Key,
            Images = [new ImageReference(Key, $"{Path.GetFileName(file)} member {_image.Name}")],
            Captions = captions,
        };
        builder.Add(Source, item, new FilePart(file, _image.Offset, _image.Length));
    }

    private string? Text()
    {
        if (_text is not null)
        {
            return TextLines.Decode($"{file}: {_text.Name}", _text.Content);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(_json!.Content);
            JsonTexts.ThrowIfNotUnicode(document.RootElement);
            JsonEntry entry = new(file, _json.Name, document.RootElement);
            return entry.Has("caption") ? entry.TextOrNull("caption") : null;
        }
        catch (JsonException e)
        {
            throw new DataException($"{file}: {_json!.Name}: not JSON: {e.Message}");
        }
    }
}
