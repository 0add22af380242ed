namespace AlignBench.Data;

/// <summary>
/// Gathers items whose images are files, known by name. An image may be named several times, with a caption
/// each time; items are in the order of the first time.
/// </summary>
/// <param name="folder">That the names are relative to.</param>
/// <param name="builder">Takes the items at the end, and counts what is left out.</param>
internal sealed class FileItems(string folder, IndexBuilder builder)
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<string, Draft> _byName = [];

    /// <summary>Adds a caption to an image. A null id becomes <c>name#k</c>, k from 0.</summary>
    public void Add(string source, string name, string? captionId, string? caption)
    {
        if (!_byName.TryGetValue(name, out Draft? draft))
        {
            draft = new Draft(source, name, []);
            _byName.Add(name, draft);
            _drafts.Add(draft);
        }

        draft.Captions.Add((captionId ?? CaptionIds.Numbered(name, draft.Captions.Count), caption));
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
        string file = Path.GetFullPath(draft.Name, folder);
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
            Id = draft.Name,
            Group = draft.Name,
            Images = [new ImageReference(draft.Name, file)],
            Captions = captions,
        };
        builder.Add(draft.Source, item, new WholeFile(file));
    }

    private sealed record Draft(string Source, string Name, List<(string Id, string? Text)> Captions);
}
