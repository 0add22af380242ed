using AlignBench.Features;
using AlignBench.Similarity.Geometry;

namespace AlignBench.Tests.Similarity.Geometry;

public class OrthogonalMapTests
{
    // y is x turned by 90 degrees, doubled and shifted by (5, 7): (a, b) -> (5 - 2 b, 7 + 2 a).
    [Fact]
    public void Fit_ToATurnedScaledShiftedCopy_FindsIt()
    {
        FeatureMatrix x = new(4, 2, [0, 0, 1, 0, 3, 1, -2, 4]);
        FeatureMatrix y = new(4, 2, [5, 7, 5, 9, 3, 13, -3, 3]);

        FeatureMatrix mapped = OrthogonalMap.Fit(x, y).Apply(new FeatureMatrix(2, 2, [10, 0, 1, -1]));

        double[] expected = [5, 27, 7, 9];
        Assert.All(expected.Zip(mapped.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Fit_SpacesOfTwoWidths_IsRefused() =>
        Assert.Throws<ArgumentException>(() => OrthogonalMap.Fit(new FeatureMatrix(1, 2, [1, 2]), new FeatureMatrix(1, 1, [1])));
}
