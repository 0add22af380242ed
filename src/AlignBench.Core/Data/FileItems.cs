namespace AlignBench.Data;

/// <summary>
/// Gathers items whose images are files. An item may be named several times, with a caption each time; items
/// are in the order of the first time.
/// </summary>
/// <param name="folder">That the names are relative to.</param>
/// <param name="builder">Takes the items at the end, and counts what is left out.</param>
internal sealed class FileItems(string folder, IndexBuilder builder)
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<string, Draft> _byId = [];

    /// <summary>Adds a caption to an item that is known by its image's name.</summary>
    public void Add(string source, string name, string? captionId, string? caption) =>
        Add(source, (name, name, name), captionId, caption);

    /// <summary>Adds a caption to an item. A null caption id becomes <c>item#k</c>, k from 0.</summary>
    /// <exception cref="DataException">An earlier row of the item has another group or image.</exception>
    public void Add(
        string source, (string Id, string Group, string Image) item, string? captionId, string? caption)
    {
        if (!_byId.TryGetValue(item.Id, out Draft? draft))
        {
            draft = new Draft(source, item.Id, item.Group, item.Image, []);
            _byId.Add(item.Id, draft);
            _drafts.Add(draft);
        }

        ThrowIfOther("image", draft.Image, item.Image);
        ThrowIfOther("group", draft.Group, item.Group);
        draft.Captions.Add((captionId ?? CaptionIds.Numbered(item.Id, draft.Captions.Count), caption));

        void ThrowIfOther(string what, string there, string here)
        {
            if (there != here)
            {
                throw new DataException(
                    $"{source}: item {item.Id} has {what} {here}, in {draft.Source} it has {there}");
            }
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

    private void Finish(Draft draft)
    {
        string file = ImageFiles.Resolve(draft.Image, folder);
        if (!File.Exists(file))
        {
            builder.Skip(draft.Source, $"image file {file} is not there");
            return;
        }

        Caption[] captions = builder.UsableCaptions(draft.Source, draft.Captions);
        if (captions.Length == 0)
        {
            return;
        }

        Item item = new()
        {
            Id = draft.Id,
            Group = draft.Group,
            Images = [new ImageReference(draft.Image, file)],
            Captions = captions,
        };
        builder.Add(draft.Source, item, new WholeFile(file));
    }

    private sealed record Draft(
        string Source, string Id, string Group, string Image, List<(string Id, string? Text)> Captions);
}
