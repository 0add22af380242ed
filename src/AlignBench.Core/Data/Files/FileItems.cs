using AlignBench.Data.Packed;

namespace AlignBench.Data.Files;

/// <summary>What a row says of its item, but for the captions.</summary>
/// <param name="Id">See <see cref="Item.Id"/>.</param>
/// <param name="Group">See <see cref="Item.Group"/>.</param>
internal readonly record struct FileItem(string Id, string Group)
{
    /// <summary>The image file as written; null: the item has none.</summary>
    public string? Image { get; init; }

    /// <summary>The sound file as written; null: the item has none.</summary>
    public string? Sound { get; init; }
}

/// <summary>
/// Gathers items whose images and sounds are files. An item may be named several times, with a caption each
/// time; items are in the order of the first time.
/// </summary>
/// <param name="images">Folder that the images' names are relative to.</param>
/// <param name="sounds">Folder that the sounds' names are relative to.</param>
/// <param name="builder">Takes the items at the end, and counts what is left out.</param>
internal sealed class FileItems(string images, string sounds, IndexBuilder builder)
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<string, Draft> _byId = [];

    /// <summary>Adds a caption to an item that is known by its image's name.</summary>
    public void Add(string source, string image, string captionId, string? caption)
    {
        Draft draft = Find(source, new FileItem(image, image) { Image = image });
        draft.NeedsCaption = true;
        draft.Captions.Add((captionId, caption));
    }

    /// <summary>Adds captions to an item; their ids are <c>item#k</c>, k from 0.</summary>
    /// <param name="source">The row's, for messages.</param>
    /// <param name="item">What the row says of it.</param>
    /// <param name="captions">Null if the item needs none; any may be null.</param>
    /// <exception cref="DataException">An earlier row of the item has another group, image or sound.</exception>
    public void Add(string source, FileItem item, string?[]? captions)
    {
        Draft draft = Find(source, item);
        draft.NeedsCaption |= captions is not null;
        foreach (string? caption in captions ?? [])
        {
            draft.Captions.Add((CaptionIds.Numbered(item.Id, draft.Captions.Count), caption));
        }
    }

    /// <summary>Turns what was gathered into items.</summary>
    public void Finish()
    {
        foreach (Draft draft in _drafts)
        {
            Finish(draft);
        }
    }

    private Draft Find(string source, FileItem item)
    {
        if (!_byId.TryGetValue(item.Id, out Draft? draft))
        {
            draft = new Draft(source, item);
            _byId.Add(item.Id, draft);
            _drafts.Add(draft);
        }

        ThrowIfOther("image", draft.Item.Image, item.Image);
        ThrowIfOther("sound", draft.Item.Sound, item.Sound);
        ThrowIfOther("group", draft.Item.Group, item.Group);
        return draft;

        void ThrowIfOther(string what, string? there, string? here)
        {
            if (there != here)
            {
                throw new DataException(
                    $"{source}: item {item.Id} has {what} {here ?? "none"}, "
                    + $"in {draft.Source} it has {there ?? "none"}");
            }
        }
    }

    private void Finish(Draft draft)
    {
        FileItem item = draft.Item;
        string? image = item.Image is null ? null : ImageFiles.Resolve(item.Image, images);
        string? sound = item.Sound is null ? null : ImageFiles.Resolve(item.Sound, sounds);
        foreach ((string what, string? file) in (ReadOnlySpan<(string, string?)>)[("image", image), ("sound", sound)])
        {
            if (file is not null && !File.Exists(file))
            {
                builder.Skip(draft.Source, $"{what} file {file} is not there");
                return;
            }
        }

        Caption[] captions = draft.NeedsCaption ? builder.UsableCaptions(draft.Source, draft.Captions) : [];
        if (draft.NeedsCaption && captions.Length == 0)
        {
            return;
        }

        builder.Add(
            draft.Source,
            new Item
            {
                Id = item.Id,
                Group = item.Group,
                Images = image is null ? [] : [new ImageReference(item.Image!, image)],
                Sounds = sound is null ? [] : [new SoundReference(item.Sound!, sound)],
                Captions = captions,
            },
            image is null ? [] : [new WholeFile(image)]);
    }

    private sealed class Draft(string source, FileItem item)
    {
        public string Source { get; } = source;

        public FileItem Item { get; } = item;

        public List<(string Id, string? Text)> Captions { get; } = [];

        public bool NeedsCaption { get; set; }
    }
}
