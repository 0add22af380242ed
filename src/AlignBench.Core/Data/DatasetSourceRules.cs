namespace AlignBench.Data;

/// <summary>What a layout may ask of the lines in an experiment file.</summary>
internal static class DatasetSourceRules
{
    /// <exception cref="DataException">A split was asked for.</exception>
    public static void ForbidSplit(this DatasetSource source)
    {
        if (source.Split is not null)
        {
            throw new DataException(
                $"format {source.Format} marks no parts, so there is no split {source.Split} to take");
        }
    }

    /// <exception cref="DataException">An image folder was named.</exception>
    public static void ForbidImages(this DatasetSource source)
    {
        if (source.Images is not null)
        {
            throw new DataException(
                $"format {source.Format} finds its images itself; leave out images: {source.Images}");
        }
    }

    /// <summary>The image folder.</summary>
    /// <exception cref="DataException">None was named, or it is not there.</exception>
    public static string RequireImages(this DatasetSource source)
    {
        string folder = source.Images ?? throw new DataException(
            $"format {source.Format} needs images: the folder that holds the image files");
        return Directory.Exists(folder) ? folder : throw new DataException($"{folder}: no such image folder");
    }

    /// <summary>The folder of the sound files: the one named, or the one that holds <paramref name="file"/>.</summary>
    /// <exception cref="DataException">One was named that is not there.</exception>
    public static string AudioBeside(this DatasetSource source, string file) =>
        source.Audio is null || Directory.Exists(source.Audio)
            ? source.Audio ?? Path.GetDirectoryName(file)!
            : throw new DataException($"{source.Audio}: no such audio folder");

    /// <summary>The one file that holds the captions.</summary>
    /// <exception cref="DataException">It is not there.</exception>
    public static string RequireFile(this DatasetSource source) => File.Exists(source.Path)
        ? Path.GetFullPath(source.Path)
        : throw new DataException($"{source.Path}: no such file");
}
