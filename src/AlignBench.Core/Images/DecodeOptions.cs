namespace AlignBench.Images;

/// <summary>What becomes of transparency.</summary>
public enum AlphaRule
{
    /// <summary>The hidden colour shows, as in Pillow's <c>convert("RGB")</c>.</summary>
    Drop,

    /// <summary>The picture is laid on white, as transformers 5.23 does for <c>do_convert_rgb</c>.</summary>
    OnWhite,
}

/// <summary>What becomes of 16-bit grey.</summary>
public enum Gray16Rule
{
    /// <summary>Values over 255 become 255, as in Pillow's <c>convert("RGB")</c>; the image carries a
    /// warning.</summary>
    Clip,

    /// <summary>The high byte.</summary>
    Scale,
}

/// <summary>How a file becomes RGB. The defaults are Pillow's <c>Image.open(f).convert("RGB")</c>.</summary>
public sealed record DecodeOptions
{
    /// <summary>
    /// Turn the picture upright by its EXIF (or XMP) orientation, as the datasets library and transformers'
    /// load_image do and Pillow alone does not.
    /// </summary>
    public bool ApplyOrientation { get; init; }

    public AlphaRule Alpha { get; init; }

    public Gray16Rule Gray16 { get; init; }
}
