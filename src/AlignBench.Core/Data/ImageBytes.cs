namespace AlignBench.Data;

/// <summary>An image as stored, still encoded.</summary>
public readonly record struct ImageBytes(ImageReference Image, byte[] Bytes);
