using AlignBench.Adapters;
using AlignBench.Features;
using AlignBench.Similarity;
using AlignBench.Similarity.Geometry;

namespace AlignBench.Experiments.Adapters;

/// <summary>
/// Where some validation items lie in two dimensions, for plots of the training: on the reference's first two
/// principal components (if the shared space is as wide), and by classical MDS of image, text and both together.
/// </summary>
internal sealed class EmbeddingMap
{
    private const int Dimensions = 2;

    private static readonly string[] s_spaces = ["image", "text", "multimodal", "reference"];
    private static readonly string[] s_methods = ["pca", "mds"];

    private readonly int[] _items;
    private readonly FeatureMatrix _reference;
    private readonly Pca? _components;

    /// <param name="items">Row numbers of the items to show; empty: no map.</param>
    /// <param name="reference">[all items, d].</param>
    public EmbeddingMap(int[] items, FeatureMatrix reference)
    {
        _items = items;
        _reference = RowTransforms.Unit(reference.SelectRows(items));
        _components = items.Length > Dimensions && reference.Columns >= Dimensions ? Pca.Fit(_reference, Dimensions) : null;
    }

    /// <summary>Numbers of the table: epoch, item, place of the space and of the method in their lists, x, y.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["epoch", "item", "space", "method", "x", "y"];

    /// <summary>Row numbers of the items shown.</summary>
    public int[] Items => _items;

    /// <summary>One row of <see cref="Columns"/> an item, space and method.</summary>
    /// <param name="epoch">Epochs done; the reference, which stays, is in epoch 0.</param>
    /// <param name="pair">Of <see cref="Items"/>.</param>
    /// <param name="lambda">Of the multimodal embedding.</param>
    public IEnumerable<double[]> Rows(int epoch, EmbeddingPair pair, double lambda)
    {
        if (_components is null)
        {
            return [];
        }

        FeatureMatrix[] spaces =
            [RowTransforms.Unit(pair.First), RowTransforms.Unit(pair.Second), RowTransforms.Unit(pair.Blend(lambda))];
        List<double[]> rows = [];
        if (pair.First.Columns == _reference.Columns)
        {
            FeatureMatrix[] projected = epoch == 0 ? [.. spaces, _reference] : spaces;
            for (int s = 0; s < projected.Length; s++)
            {
                Add(rows, epoch, s, 0, _components.Transform(projected[s]), start: 0);
            }
        }

        FeatureMatrix all = new(_items.Length * spaces.Length, pair.First.Columns, [.. spaces.SelectMany(space => space.Values)]);
        FeatureMatrix scaled = ClassicalMds.Fit(
            DissimilarityMatrix.Of(all, Dissimilarity.Euclidean).ToSquare(), Dimensions).Coordinates;
        for (int s = 0; s < spaces.Length; s++)
        {
            Add(rows, epoch, s, 1, scaled, start: s * _items.Length);
        }

        return rows;
    }

    /// <summary>A row's cells with the names of space and method.</summary>
    public static object?[] Cells(double[] row) =>
        [(long)row[0], (long)row[1], s_spaces[(int)row[2]], s_methods[(int)row[3]], row[4], row[5]];

    private void Add(List<double[]> rows, int epoch, int space, int method, FeatureMatrix coordinates, int start)
    {
        for (int i = 0; i < _items.Length; i++)
        {
            ReadOnlySpan<double> place = coordinates.Row(start + i);
            rows.Add([epoch, _items[i], space, method, place[0], place[1]]);
        }
    }
}
