using AlignBench.Data;
using AlignBench.Features.Storage;

namespace AlignBench.Features;

/// <summary>What to encode: some images, captions or sounds of one data set, in the order of the stored rows.</summary>
public abstract record FeatureRequest
{
    /// <summary>Name of the data set, also the folder in the store.</summary>
    public required string Dataset { get; init; }

    /// <summary>Distinct names of the entries, in row order: <c>ITEM#K</c>, the item's id and the place in it.</summary>
    public required string[] Ids { get; init; }

    /// <summary>The word for the entries in a stored file, of <see cref="FeatureFile.Content"/>.</summary>
    internal abstract string Content { get; }

    /// <summary>Broken images that may be left out; one more stops the extraction.</summary>
    public int MaxSkipped { get; init; }

    /// <exception cref="DataException">That many can't be encoded, which is more than this request allows.</exception>
    internal void ThrowIfTooMany(int skips, string reason)
    {
        if (skips > MaxSkipped)
        {
            throw new DataException(
                MaxSkipped == 0 ? reason : $"{reason}; that is more than max_skipped: {MaxSkipped}");
        }
    }

    /// <summary>Lines that change whenever an id or a byte of the contents does.</summary>
    internal abstract IEnumerable<string> Fingerprint(FileDigests digests);
}

/// <summary>Images, read from the data set while they are encoded.</summary>
public sealed record ImageRequest : FeatureRequest
{
    public required IDataset Source { get; init; }

    /// <summary>The data set's own id of each entry's image.</summary>
    public required string[] ImageIds { get; init; }

    internal override string Content => FeatureFile.Images;

    internal override IEnumerable<string> Fingerprint(FileDigests digests)
    {
        HashSet<string> wanted = [.. ImageIds];
        IEnumerable<string> files = Source.FilesOf(wanted).Select(file => digests.Of(file).Sha256);
        IEnumerable<string> entries = Ids.Zip(ImageIds, (id, image) => $"{id}\t{image}");
        return files.Concat(entries).Prepend("images");
    }
}

/// <summary>Captions, already in memory.</summary>
public sealed record CaptionRequest : FeatureRequest
{
    /// <summary>One text an id.</summary>
    public required string[] Texts { get; init; }

    internal override string Content => FeatureFile.Captions;

    internal override IEnumerable<string> Fingerprint(FileDigests digests) =>
        Ids.Zip(Texts, (id, text) => $"{id}\t{ContentDigest.Of(text)}").Prepend("captions");
}

/// <summary>Sounds, read from their files while they are encoded.</summary>
public sealed record SoundRequest : FeatureRequest
{
    /// <summary>One WAV file an id; an absolute path.</summary>
    public required string[] Files { get; init; }

    internal override string Content => FeatureFile.Sounds;

    internal override IEnumerable<string> Fingerprint(FileDigests digests) =>
        Ids.Zip(Files, (id, file) => $"{id}\t{digests.Of(file).Sha256}").Prepend("sounds");
}

/// <summary>An image that could not be encoded, and why.</summary>
public sealed record SkippedImage(string Id, string Reason);
