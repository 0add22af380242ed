using System.Collections;
using AlignBench.Data.Files;
using AlignBench.Data.Parquet;

namespace AlignBench.Data.Packed;

/// <summary>The images of <see cref="PackedItems"/> with their places, 32 bytes each, made anew when asked for.</summary>
internal sealed class PackedImages(PackedItems items) : IReadOnlyList<PlacedImage>
{
    private readonly List<Place> _places = [];
    private readonly List<string> _files = [];
    private readonly Dictionary<string, int> _positionOfFile = [];
    private readonly List<ParquetColumnPath> _columns = [];

    private enum Kind
    {
        WholeFile,
        FilePart,
        ParquetCell,
    }

    public int Count => _places.Count;

    public PlacedImage this[int index]
    {
        get
        {
            Place place = _places[index];
            string file = _files[place.File];
            return new PlacedImage(items.Image(place.Item, place.Image), place.Kind switch
            {
                Kind.WholeFile => new WholeFile(file),
                Kind.FilePart => new FilePart(file, place.Start, place.Extra),
                _ => new ParquetCell(file, place.Start, _columns[place.Extra]),
            });
        }
    }

    /// <param name="item">Position of the item that names it first.</param>
    /// <param name="image">Its position there.</param>
    /// <param name="place">Where its bytes lie.</param>
    public void Add(int item, int image, ImagePlace place)
    {
        int file = FileOf(place.File);
        _places.Add(place switch
        {
            FilePart part => new Place(item, image, Kind.FilePart, file, part.Offset, part.Length),
            ParquetCell cell => new Place(item, image, Kind.ParquetCell, file, cell.Row, ColumnOf(cell.Column)),
            _ => new Place(item, image, Kind.WholeFile, file, 0, 0),
        });
    }

    /// <summary>Orders by file, as given, then by place in it; files not given come last, in the order they have.</summary>
    public void Sort(IReadOnlyList<string> files)
    {
        Dictionary<string, int> position = files.Index().ToDictionary(file => file.Item, file => file.Index);
        int[] orderOf = [.. _files.Select(file => position.GetValueOrDefault(file, int.MaxValue))];
        Place[] sorted =
        [
            .. _places.OrderBy(place => orderOf[place.File])
                .ThenBy(place => place.Kind == Kind.ParquetCell ? place.Start : 0),
        ];
        _places.Clear();
        _places.AddRange(sorted);
    }

    public IEnumerator<PlacedImage> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int FileOf(string file)
    {
        if (!_positionOfFile.TryGetValue(file, out int position))
        {
            position = _files.Count;
            _files.Add(file);
            _positionOfFile.Add(file, position);
        }

        return position;
    }

    private int ColumnOf(ParquetColumnPath column)
    {
        int position = _columns.IndexOf(column);
        if (position < 0)
        {
            position = _columns.Count;
            _columns.Add(column);
        }

        return position;
    }

    /// <param name="Item">Position.</param>
    /// <param name="Image">Position in the item.</param>
    /// <param name="Kind">What the rest means.</param>
    /// <param name="File">Position of its name.</param>
    /// <param name="Start">The first byte, or the row.</param>
    /// <param name="Extra">Bytes, or position of the column.</param>
    private readonly record struct Place(int Item, int Image, Kind Kind, int File, long Start, int Extra);
}
