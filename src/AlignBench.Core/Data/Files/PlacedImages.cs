using AlignBench.Data.Parquet;

namespace AlignBench.Data.Files;

/// <summary>Reads images from where they lie.</summary>
internal static class PlacedImages
{
    /// <summary>Streams the images in the order given; neighbours in one shard are read together.</summary>
    /// <exception cref="DataException">A file is damaged or gone.</exception>
    public static IEnumerable<ImageBytes> Read(
        IReadOnlyList<PlacedImage> images, CancellationToken cancellation)
    {
        IEnumerable<ParquetCell> cells = images.Select(image => image.Place).OfType<ParquetCell>();
        string[] shards = [.. cells.Select(cell => cell.File).Distinct()];
        using ParquetShards? parquet = shards.Length > 0 ? ParquetShards.Open(shards) : null;

        for (int start = 0; start < images.Count;)
        {
            int end = EndOfRun(images, start);
            IEnumerable<ImageBytes> run = images[start].Place is ParquetCell
                ? ParquetImages.Read(parquet!, Slice(images, start, end), cancellation)
                : [ReadFile(images[start])];
            foreach (ImageBytes image in run)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return image;
            }

            start = end;
        }
    }

    private static int EndOfRun(IReadOnlyList<PlacedImage> images, int start)
    {
        int end = start + 1;
        if (images[start].Place is ParquetCell first)
        {
            while (end < images.Count && images[end].Place is ParquetCell next && next.File == first.File)
            {
                end++;
            }
        }

        return end;
    }

    private static PlacedImage[] Slice(IReadOnlyList<PlacedImage> images, int start, int end)
    {
        PlacedImage[] slice = new PlacedImage[end - start];
        for (int i = 0; i < slice.Length; i++)
        {
            slice[i] = images[start + i];
        }

        return slice;
    }

    private static ImageBytes ReadFile(PlacedImage image)
    {
        try
        {
            byte[] bytes = image.Place is FilePart part ? Bytes(part) : File.ReadAllBytes(image.Place.File);
            return new ImageBytes(image.Image, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"image {image.Image.Id}: {e.Message}");
        }
    }

    private static byte[] Bytes(FilePart part)
    {
        using FileStream stream = File.OpenRead(part.File);
        stream.Seek(part.Offset, SeekOrigin.Begin);
        byte[] bytes = new byte[part.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
