using System.Buffers.Binary;
using System.Security.Cryptography;
using AlignBench.Data;
using AlignBench.Images;

namespace AlignBench.Inspection;

/// <summary>What the images' bytes say, gathered one image at a time by any thread.</summary>
public sealed class ImageFacts
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _formats = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _ids;
    private readonly Dictionary<string, int> _positions;
    private readonly Dictionary<UInt128, int> _firstOfContent = [];
    private readonly List<(UInt128 Content, int Position)> _later = [];
    private readonly List<BrokenImage> _broken = [];

    /// <param name="ids">The images' ids in the data's order, which the lists below follow.</param>
    internal ImageFacts(IReadOnlyList<string> ids)
    {
        _ids = ids;
        _positions = ids.Index().ToDictionary(id => id.Item, id => id.Index);
    }

    /// <summary>Images by format.</summary>
    public IReadOnlyDictionary<string, long> Formats => _formats;

    /// <summary>Pixels, as stored.</summary>
    public Tally Width { get; } = new();

    /// <summary>Pixels, as stored.</summary>
    public Tally Height { get; } = new();

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; private set; }

    /// <summary>KiB of each file, rounded up.</summary>
    public Tally Kibibytes { get; } = new();

    /// <summary>Images with an EXIF orientation other than upright.</summary>
    public long Turned { get; private set; }

    /// <summary>Images that may be transparent somewhere.</summary>
    public long WithAlpha { get; private set; }

    /// <summary>Distinct contents.</summary>
    public long Distinct => _firstOfContent.Count;

    /// <summary>Those that can't be used, in the data's order.</summary>
    public IReadOnlyList<BrokenImage> Broken => [.. _broken.OrderBy(broken => _positions[broken.Image.Id])];

    /// <summary>Images whose bytes an earlier one has, in the data's order.</summary>
    public IReadOnlyList<Duplicate> Duplicates =>
    [
        .. _later.OrderBy(later => later.Position)
            .Select(later => new Duplicate("image", _ids[later.Position], _ids[_firstOfContent[later.Content]])),
    ];

    /// <summary>Takes an image in.</summary>
    /// <param name="image">Its bytes are not kept.</param>
    /// <param name="decode">Decode it all, not just its header: the only way to find one that is cut short.</param>
    internal void Add(ImageBytes image, bool decode)
    {
        UInt128 digest = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(image.Bytes));
        ImageHeader header = default;
        string? flaw = null;
        try
        {
            header = ImageDecoder.ReadHeader(image.Bytes);
            _ = decode ? ImageDecoder.Decode(image.Bytes, new DecodeOptions()) : null;
        }
        catch (ImageException e)
        {
            flaw = e.Message;
        }

        lock (_lock)
        {
            Bytes += image.Bytes.Length;
            Kibibytes.Add((image.Bytes.Length + 1023) / 1024);
            AddContent(digest, _positions[image.Image.Id]);
            if (flaw is not null)
            {
                _broken.Add(new BrokenImage(image.Image, flaw));
                return;
            }

            _formats[header.Format] = _formats.GetValueOrDefault(header.Format) + 1;
            Width.Add(header.Width);
            Height.Add(header.Height);
            Turned += header.Orientation == 1 ? 0 : 1;
            WithAlpha += header.HasAlpha ? 1 : 0;
        }
    }

    // Images come in any order.
    private void AddContent(UInt128 content, int position)
    {
        if (!_firstOfContent.TryAdd(content, position))
        {
            int first = _firstOfContent[content];
            _firstOfContent[content] = Math.Min(first, position);
            _later.Add((content, Math.Max(first, position)));
        }
    }
}
