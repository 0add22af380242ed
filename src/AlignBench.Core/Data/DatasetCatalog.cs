namespace AlignBench.Data;

/// <summary>The layouts that data sets may come in.</summary>
public static class DatasetCatalog
{
    public static IReadOnlyList<DatasetFormat> Formats { get; } =
    [
        new(source => CaptionedParquet.Open(source, CaptionedRow.Flickr30k))
        {
            Name = "flickr30k",
            Description = "A photo with five captions.",
            Layout = "Parquet shards: image struct{bytes, path}, caption[], sentids[], split, img_id, filename",
            Source = "huggingface.co/datasets/nlphuji/flickr30k (Young et al. 2014)",
            Licence = "photos under Flickr's terms; for research, not to be passed on",
        },
        new(PickapicLayout.Open)
        {
            Name = "pickapic",
            Description = "A prompt with two generated pictures and which one a person preferred.",
            Layout = "Parquet shards: caption, jpg_0, jpg_1, label_0, label_1, image_0_uid, image_1_uid, ranking_id",
            Source = "huggingface.co/datasets/yuvalkirstain/pickapic_v1 (Kirstain et al. 2023, arXiv:2305.01569)",
            Licence = "MIT",
        },
        new(CocoLayout.Open)
        {
            Name = "coco",
            Description = "A photo with five captions.",
            Layout = "captions_*.json (images, annotations) and a folder of image files (images:)",
            Source = "cocodataset.org (Chen et al. 2015, arXiv:1504.00325)",
            Licence = "captions CC BY 4.0; photos under their Flickr licences",
        },
        new(GeneratedLayout.Open)
        {
            Name = "generated",
            Description = "A prompt with the pictures generated from it, one a seed.",
            Layout = "Parquet shards: prompt_id, image_id, prompt, seed, image struct{bytes, path}",
            Source = "made by the user, for one with Stable Diffusion from COCO captions",
            Licence = "the generating model's",
        },
    ];

    /// <summary>Finds the files of a data set; nothing is read yet.</summary>
    /// <exception cref="DataException">The format is unknown, or the files are not there.</exception>
    public static IDataset Open(DatasetSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        DatasetFormat format = Formats.FirstOrDefault(format => format.Name == source.Format)
            ?? throw new DataException(Unknown(source.Format));
        return format.Open(source);
    }

    private static string Unknown(string name)
    {
        string[] known = [.. Formats.Select(format => format.Name)];
        string? nearest = Spelling.Nearest(name, known);
        return nearest is null
            ? $"unknown data set format {name}; there are {string.Join(", ", known)}"
            : $"unknown data set format {name}; did you mean {nearest}?";
    }
}
