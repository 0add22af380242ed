namespace AlignBench.Images;

/// <summary>What an image file's header says.</summary>
/// <param name="Format">jpeg, png, webp, gif or bmp, taken from the content.</param>
/// <param name="Width">Pixels as stored, before any orientation.</param>
/// <param name="Height">Pixels as stored, before any orientation.</param>
/// <param name="Orientation">EXIF's 1..8; 1 is upright, also where the file says nothing.</param>
/// <param name="HasAlpha">Whether some of it may be transparent.</param>
public readonly record struct ImageHeader(string Format, int Width, int Height, int Orientation, bool HasAlpha);
