using AlignBench.Images;

namespace AlignBench.Tests.Images;

public class SharpnessTests
{
    [Fact]
    public void LaplacianVariance_FlatPicture_IsZero() =>
        Assert.Equal(0.0, Sharpness.LaplacianVariance(Picture(8, 6, (_, _) => 77)), 1e-9);

    // On a chess board every neighbour differs by 255, so the Laplacian is 4 * 255 up or down, half of the time each.
    [Fact]
    public void LaplacianVariance_ChessBoard_IsThatOfFullSteps() =>
        Assert.Equal(1020.0 * 1020.0, Sharpness.LaplacianVariance(Picture(10, 8, (x, y) => (x + y) % 2 * 255)), 1e-6);

    // A ramp has no second difference; one white pixel on black has -1020 at itself and 255 at its four neighbours.
    [Fact]
    public void LaplacianVariance_RampAndPoint_AreWhatTheKernelSays()
    {
        Assert.Equal(0.0, Sharpness.LaplacianVariance(Picture(9, 9, (x, y) => (10 * x) + (3 * y))), 1e-9);
        double point = Sharpness.LaplacianVariance(Picture(9, 9, (x, y) => x == 4 && y == 4 ? 255 : 0));
        Assert.Equal(20.0 * 255.0 * 255.0 / 49.0, point, 1e-6);
    }

    [Fact]
    public void LaplacianVariance_TooSmall_IsUndefined() =>
        Assert.True(double.IsNaN(Sharpness.LaplacianVariance(Picture(2, 9, (_, _) => 0))));

    // Green counts .587, so a green board is that much less contrast.
    [Fact]
    public void LaplacianVariance_OfAColour_WeighsItByItsLuma()
    {
        byte[] pixels = new byte[3 * 36];
        for (int i = 0; i < 36; i++)
        {
            pixels[(3 * i) + 1] = (byte)(((i % 6) + (i / 6)) % 2 * 255);
        }

        Assert.Equal(Math.Pow(1020.0 * 0.587, 2), Sharpness.LaplacianVariance(new RgbImage(6, 6, pixels)), 1e-6);
    }

    private static RgbImage Picture(int width, int height, Func<int, int, int> grey) => new(
        width,
        height,
        [
            .. from y in Enumerable.Range(0, height)
               from x in Enumerable.Range(0, width)
               from _ in Enumerable.Range(0, 3)
               select (byte)grey(x, y),
        ]);
}
