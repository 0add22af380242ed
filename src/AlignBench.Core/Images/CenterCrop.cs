namespace AlignBench.Images;

/// <summary>Which pixel is the centre where the difference of the sides is odd.</summary>
public enum CropConvention
{
    /// <summary>Floor of half the difference; what lacks is padded by the larger half first.</summary>
    Transformers,

    /// <summary>Half the difference rounded, ties to even; what lacks is padded by the smaller half
    /// first.</summary>
    Torchvision,
}

/// <summary>The middle of a picture; a picture that is smaller is padded with black (0 before
/// normalising).</summary>
/// <param name="Width">Pixels, 1 or more.</param>
/// <param name="Height">Pixels, 1 or more.</param>
/// <param name="Convention">transformers' center_crop or torchvision's.</param>
public sealed record CenterCrop(int Width, int Height, CropConvention Convention)
{
    /// <summary>Crops a whole picture.</summary>
    public RgbImage Apply(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelRegion region = SourceOf(image.Width, image.Height);
        return Pad(PillowResize.ResizeRegion(
            image, image.Width, image.Height, ResizeFilter.Nearest, region, PassOrder.Pillow13));
    }

    /// <summary>The part of a picture of this size that the crop shows.</summary>
    internal PixelRegion SourceOf(int width, int height) => new(
        Start(width, Width), Start(height, Height), Math.Min(width, Width), Math.Min(height, Height));

    /// <summary>What <see cref="SourceOf"/> named, laid on the crop's black canvas.</summary>
    internal RgbImage Pad(RgbImage source)
    {
        if (source.Width == Width && source.Height == Height)
        {
            return source;
        }

        byte[] pixels = new byte[3 * Width * Height];
        int left = Padding(source.Width, Width);
        int top = Padding(source.Height, Height);
        for (int y = 0; y < source.Height; y++)
        {
            source.Pixels.AsSpan(3 * y * source.Width, 3 * source.Width)
                .CopyTo(pixels.AsSpan(3 * (((top + y) * Width) + left)));
        }

        return new RgbImage(Width, Height, pixels) { Warning = source.Warning };
    }

    private int Start(int length, int size)
    {
        if (length <= size)
        {
            return 0;
        }

        return Convention == CropConvention.Transformers
            ? (length - size) / 2
            : (int)Math.Round((length - size) / 2.0, MidpointRounding.ToEven);
    }

    private int Padding(int length, int size) =>
        Convention == CropConvention.Transformers ? (size - length + 1) / 2 : (size - length) / 2;
}
