using AlignBench.Images;

namespace AlignBench.Tests.Images;

public class NormalizationTests
{
    private static readonly Dictionary<string, GoldenTensor> s_tables =
        ImageGoldens.Tensors(ImageGoldens.PathOf("normalise-lut.safetensors"));

    [Theory]
    [InlineData("imagenet.transformers")]
    [InlineData("imagenet.torchvision")]
    [InlineData("clip.transformers")]
    [InlineData("clip.torchvision")]
    public void ValueOf_EveryByte_EqualsTheFloat32Steps(string name)
    {
        PixelNormalization normalization = name.StartsWith("clip", StringComparison.Ordinal)
            ? new(PixelNormalization.ToUnit, PixelNormalization.ClipMean, PixelNormalization.ClipStd)
            : new(PixelNormalization.ToUnit, PixelNormalization.ImageNetMean, PixelNormalization.ImageNetStd);

        float[] values =
            [.. Enumerable.Range(0, 768).Select(i => normalization.ValueOf(i / 256, (byte)(i % 256)))];

        Assert.Equal(s_tables[name].Floats, values);
    }

    // Two pixels, R G B = 0 1 2 and 3 4 5, unscaled: channel planes 0 3, 1 4, 2 5; with mean 1 and deviation
    // 2 -0.5 1, 0 1.5, 0.5 2.
    [Fact]
    public void Apply_TwoPixels_SeparatesTheChannels()
    {
        RgbImage image = new(2, 1, [0, 1, 2, 3, 4, 5]);
        float[] values = new float[6];

        new PixelNormalization(1.0, null, null).Apply(image, values);
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], values);

        new PixelNormalization(1.0, [1.0, 1.0, 1.0], [2.0, 2.0, 2.0]).Apply(image, values);
        Assert.Equal([-0.5f, 1f, 0f, 1.5f, 0.5f, 2f], values);
    }

    [Fact]
    public void Constructor_DeviationOfZero_Throws() =>
        Assert.Throws<ArgumentException>(() => new PixelNormalization(1.0, [0.0, 0.0, 0.0], [1.0, 0.0, 1.0]));
}
