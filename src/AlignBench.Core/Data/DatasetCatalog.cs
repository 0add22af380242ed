using AlignBench.Data.Layouts;

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
            Layout = "Parquet shards: image struct{bytes, path}, caption[], sentids[], split, img_id",
            Source = "huggingface.co/datasets/nlphuji/flickr30k (Young et al. 2014)",
            Licence = "photos under Flickr's terms; for research, not to be passed on",
        },
        new(PickapicLayout.Open)
        {
            Name = "pickapic",
            Description = "A prompt with two generated pictures and which one a person preferred.",
            Layout = "Parquet shards: caption, jpg_0, jpg_1, label_0, label_1, image_0_uid, image_1_uid",
            Source = "huggingface.co/datasets/yuvalkirstain/pickapic_v1 (Kirstain et al. 2023)",
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
        new(source => CaptionedParquet.Open(source, CaptionedRow.CocoHuggingFace))
        {
            Name = "coco-hf",
            Description = "A photo with five captions, with Karpathy's parts.",
            Layout = "Parquet shards: image struct{bytes, path}, cocoid, split, sentences[{raw, sentid}]",
            Source = "huggingface.co: COCO captions in Parquet (Chen et al. 2015, arXiv:1504.00325)",
            Licence = "captions CC BY 4.0; photos under their Flickr licences",
        },
        new(KarpathyLayout.Open)
        {
            Name = "karpathy",
            Description = "A photo with its captions, with Karpathy's parts.",
            Layout = "dataset_{flickr8k,flickr30k,coco}.json and a folder of image files (images:)",
            Source = "cs.stanford.edu/people/karpathy/deepimagesent (2015, arXiv:1412.2306)",
            Licence = "that of Flickr8k, Flickr30k or COCO",
        },
        new(TokenFileLayout.Open)
        {
            Name = "flickr-token",
            Description = "A photo with five captions.",
            Layout = "results_20130124.token (image#k TAB caption) and a folder of image files (images:)",
            Source = "shannon.cs.illinois.edu/DenotationGraph (Young et al. 2014)",
            Licence = "photos under Flickr's terms; for research, not to be passed on",
        },
        new(WebDatasetLayout.Open)
        {
            Name = "webdataset",
            Description = "An image with one caption.",
            Layout = "tar shards: key.jpg (png, webp ...) beside key.txt or key.json (member caption)",
            Source = "made by webdataset or img2dataset",
            Licence = "the collection's",
        },
        new(TableLayout.Open)
        {
            Name = "table",
            Description = "An image or sound file with its captions.",
            Layout = "CSV, TSV, JSON Lines or Parquet: filepath (image, audio ...), title (caption ...), or as columns: says",
            Source = "made by the user, for one for open_clip or as an image folder's metadata.jsonl",
            Licence = "the collection's",
            TakesColumns = true,
            TakesAudio = true,
        },
        new(VggSoundLayout.Open)
        {
            Name = "vggsound",
            Description = "Ten seconds of a video: its sound, a label, and a frame if there is one.",
            Layout = "vggsound.csv (YouTube id, start, label, split) and id_000030.wav files (audio:), frames (images:)",
            Source = "robots.ox.ac.uk/~vgg/data/vggsound (Chen et al. 2020, arXiv:2004.14368)",
            Licence = "annotations CC BY 4.0; videos under their owners' terms",
            TakesAudio = true,
        },
        new(SoundFolderLayout.Open)
        {
            Name = "audio-folder",
            Description = "A WAV file, with captions if there are text files beside the sounds.",
            Layout = "a folder of WAV files, at any depth; captions in name.txt beside name.wav",
            Source = "made by the user",
            Licence = "the collection's",
        },
        new(ImageFolderLayout.Open)
        {
            Name = "image-folder",
            Description = "An image file, with captions if there are text files beside the images.",
            Layout = "a folder of image files, at any depth; captions in name.txt beside name.jpg",
            Source = "made by the user",
            Licence = "the collection's",
        },
        new(ClassFolderLayout.Open)
        {
            Name = "class-folders",
            Description = "An image file whose caption is the folder of its class.",
            Layout = "a folder a class with image files in it, as ImageNet's train and val: n01440764/*.JPEG",
            Source = "image-net.org (Russakovsky et al. 2015, arXiv:1409.0575), or made by the user",
            Licence = "ImageNet: for research, not to be passed on",
        },
    ];

    /// <summary>Finds the files of a data set; nothing is read yet.</summary>
    /// <exception cref="DataException">The source makes no sense, or the files are not there.</exception>
    public static IDataset Open(DatasetSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        DatasetFormat format = Formats.FirstOrDefault(format => format.Name == source.Format)
            ?? throw new DataException(Unknown(source.Format));
        if (source.Columns is not null && !format.TakesColumns)
        {
            string[] taking = [.. Formats.Where(other => other.TakesColumns).Select(other => other.Name)];
            throw new DataException(
                $"format {format.Name} has columns of its own; columns are for format {string.Join(", ", taking)}");
        }

        if (source.Audio is not null && !format.TakesAudio)
        {
            string[] taking = [.. Formats.Where(other => other.TakesAudio).Select(other => other.Name)];
            throw new DataException(
                $"format {format.Name} has no sounds; an audio folder is for format {string.Join(", ", taking)}");
        }

        return source.Orientation is DatasetSource.ApplyOrientation or DatasetSource.IgnoreOrientation
            ? format.Open(source)
            : throw new DataException(
                $"orientation: expected {DatasetSource.ApplyOrientation} or {DatasetSource.IgnoreOrientation}, "
                + $"got '{source.Orientation}'");
    }

    private static string Unknown(string name)
    {
        string[] known = [.. Formats.Select(format => format.Name)];
        string nearest = Suggestion.For(name, known);
        return nearest.Length > 0
            ? $"unknown data set format '{name}'{nearest}"
            : $"unknown data set format '{name}'; there are {string.Join(", ", known)}";
    }
}
