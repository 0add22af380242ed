using System.Numerics;
using System.Runtime.InteropServices;
using AlignBench.Features;
using AlignBench.Interop;

namespace AlignBench.Similarity.Neighbors;

/// <summary>
/// Rows prepared for search: float32 copies whose product orders pairs nearly as the kind does, a proven bound of
/// how far that product can be off, and the float64 similarity that decides.
/// </summary>
internal sealed class SearchSpace
{
    private const double SingleRounding = 1.0 / (1 << 24);
    private const double DecidingRounding = 1e-12;           // of cosines to 12 places, and of float64 sums
    private const int Places = 12;

    private readonly FeatureMatrix _x;
    private readonly SimilarityKind _kind;
    private readonly double[] _lengths;                      // [n]

    private SearchSpace(FeatureMatrix x, SimilarityKind kind)
    {
        _x = x;
        _kind = kind;
        _lengths = new double[x.Rows];
        ForRows(i => _lengths[i] = Vectors.Length(x.Row(i)));
        int wrong = Array.FindIndex(_lengths, length => !double.IsFinite(length));
        if (wrong >= 0)
        {
            throw new ArgumentException($"expected finite features, row {wrong} has others");
        }

        Width = kind == SimilarityKind.Euclidean ? x.Columns + 2 : x.Columns;
        Left = GC.AllocateUninitializedArray<float>(checked(x.Rows * Width));
        Right = kind == SimilarityKind.Euclidean ? GC.AllocateUninitializedArray<float>(Left.Length) : Left;
        Slack = new double[x.Rows];
    }

    public int Rows => _x.Rows;

    /// <summary>Columns of the float32 copies.</summary>
    public int Width { get; }

    /// <summary>[n, width]: the product of row i of Left with row j of Right orders pairs.</summary>
    public float[] Left { get; }

    /// <summary>[n, width], symmetric to Left: i and j may be swapped.</summary>
    public float[] Right { get; }

    /// <summary>[n]: a float32 product of row i is at most so far from the exact one.</summary>
    public double[] Slack { get; }

    /// <param name="x">[n, d]; kept, not copied.</param>
    /// <param name="kind">What makes rows near.</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static SearchSpace Of(FeatureMatrix x, SimilarityKind kind)
    {
        SearchSpace space = new(x, kind);
        switch (kind)
        {
            case SimilarityKind.Cosine:
                space.FillUnit();
                break;
            case SimilarityKind.InnerProduct:
                space.FillScaled();
                break;
            default:
                space.FillCentred();
                break;
        }

        return space;
    }

    /// <summary>The similarity of two rows as <see cref="SimilarityKind"/> defines it.</summary>
    public double Exact(int i, int j)
    {
        ReadOnlySpan<double> a = _x.Row(i);
        ReadOnlySpan<double> b = _x.Row(j);
        if (_kind == SimilarityKind.Euclidean)
        {
            return -Vectors.SquaredDistance(a, b);
        }

        double product = Vectors.Dot(a, b);
        if (_kind == SimilarityKind.InnerProduct)
        {
            return product;
        }

        double lengths = _lengths[i] * _lengths[j];
        return lengths > 0.0 ? Math.Round(product / lengths, Places) : 0.0;
    }

    private void FillUnit() => ForRows(i =>
    {
        Copy(i, _x.Row(i), _lengths[i] > 0.0 ? 1.0 / _lengths[i] : 0.0);
        Slack[i] = Bound(1.0);
    });

    // Scaled by a power of two, which rounds nothing, so that no product leaves float32's range.
    private void FillScaled()
    {
        double largest = _lengths.Max();
        double scale = PowerBelow(largest);
        ForRows(i =>
        {
            Copy(i, _x.Row(i), scale);
            Slack[i] = Bound(_lengths[i] * scale * largest * scale);
        });
    }

    // −|a − b|² / 2 = [a, −|a|²/2, 1] · [b, 1, −|b|²/2], of centred rows, whose squares are least.
    private void FillCentred()
    {
        FeatureMatrix centred = RowTransforms.Centred(_x);
        double largest = Enumerable.Range(0, Rows).Max(i => Vectors.Length(centred.Row(i)));
        double scale = PowerBelow(largest);
        double longest = largest * scale;
        ForRows(i =>
        {
            double length = Vectors.Length(centred.Row(i)) * scale;
            float half = (float)(length * length / 2.0);
            Copy(i, centred.Row(i), scale);
            Left.AsSpan(i * Width, Width - 2).CopyTo(Right.AsSpan(i * Width));
            (Left[((i + 1) * Width) - 2], Left[((i + 1) * Width) - 1]) = (-half, 1.0f);
            (Right[((i + 1) * Width) - 2], Right[((i + 1) * Width) - 1]) = (1.0f, -half);
            Slack[i] = Bound((length * longest) + (((length * length) + (longest * longest)) / 2.0));
        });
    }

    private void Copy(int i, ReadOnlySpan<double> row, double factor)
    {
        Span<float> to = Left.AsSpan(i * Width, row.Length);
        Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(to);
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(row);
        for (int j = 0; j < wide.Length; j++)
        {
            wide[j] = Vector.Narrow(from[2 * j] * factor, from[(2 * j) + 1] * factor);
        }

        for (int j = wide.Length * Vector<float>.Count; j < to.Length; j++)
        {
            to[j] = (float)(row[j] * factor);
        }
    }

    private void ForRows(Action<int> fill) =>
        Parallel.For(0, Rows, new ParallelOptions { MaxDegreeOfParallelism = NativeRuntime.Threads }, fill);

    // Higham 2002, section 3.1: n products summed in any order are off by at most n u Σ|ab| / (1 − n u), the two
    // factors' own rounding by 2 u Σ|ab|; Σ|ab| ≤ |a| |b|.
    private double Bound(double magnitude)
    {
        double steps = (Width + 4) * SingleRounding;
        return (magnitude * ((steps / (1.0 - steps)) + DecidingRounding)) + (Width * (double)float.Epsilon);
    }

    private static double PowerBelow(double length) => length > 0.0 ? Math.ScaleB(1.0, -Math.ILogB(length) - 1) : 1.0;
}
