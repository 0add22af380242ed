namespace AlignBench.Images;

/// <summary>The size a picture is resized to, in pixels.</summary>
public abstract record ResizeRule
{
    private ResizeRule()
    {
    }

    /// <summary>What a picture of this size becomes.</summary>
    public abstract (int Width, int Height) Apply(int width, int height);

    /// <summary>The picture keeps its size.</summary>
    public sealed record Keep : ResizeRule
    {
        public override (int Width, int Height) Apply(int width, int height) => (width, height);
    }

    /// <summary>
    /// The shorter side becomes <paramref name="Pixels"/>, the longer one is truncated, not rounded
    /// (transformers' get_resize_output_image_size, torchvision's Resize of one number): 640 x 427 at 256 is
    /// 383 x 256.
    /// </summary>
    public sealed record ShortestEdge(int Pixels) : ResizeRule
    {
        /// <exception cref="ImageException">The longer side would not be an image's any more.</exception>
        public override (int Width, int Height) Apply(int width, int height)
        {
            int shorter = Math.Min(width, height);
            double longer = Math.Truncate((double)((long)Pixels * Math.Max(width, height)) / shorter);
            if (longer * Pixels > int.MaxValue / 4)
            {
                throw new ImageException($"{width} x {height} pixels are too narrow for a side of {Pixels}");
            }

            return width <= height ? (Pixels, (int)longer) : ((int)longer, Pixels);
        }
    }

    /// <summary>The picture is squashed to this size.</summary>
    public sealed record Exactly(int Width, int Height) : ResizeRule
    {
        public override (int Width, int Height) Apply(int width, int height) => (Width, Height);
    }
}
