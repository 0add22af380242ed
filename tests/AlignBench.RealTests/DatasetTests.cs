using System.Diagnostics;
using System.Security.Cryptography;
using AlignBench.Data;

namespace AlignBench.RealTests;

/// <summary>The real sets, with the counts that the README beside them states.</summary>
public class DatasetTests
{
    [Fact]
    public void ReadItems_Flickr8k_Has3000PhotosWithFiveCaptions()
    {
        IDataset dataset = Open("flickr30k", SharedPaths.Of("data", "flickr8k"));

        DatasetItems read = dataset.ReadItems(CancellationToken.None);

        Assert.Equal(3, dataset.Files.Count);
        Assert.Equal(3000, read.Items.Count);
        Assert.Empty(read.Skipped);
        Assert.All(read.Items, item => Assert.Equal(5, item.Captions.Length));
        List<string> images = Images(dataset);
        Assert.Equal(3000, images.Count);
        Assert.Equal(2999, images.Distinct().Count());      // one photo is there twice, under two names
    }

    [Fact]
    public void ReadItems_Pickapic_Has266PairsOver27PromptsWith43Ties()
    {
        IDataset dataset = Open("pickapic", SharedPaths.Of("data", "pickapic"));

        DatasetItems read = dataset.ReadItems(CancellationToken.None);

        Assert.Empty(read.Skipped);
        Assert.Equal(266, read.Items.Count);
        Assert.Equal(27, read.Items.Select(item => item.Group).Distinct().Count());
        Assert.Equal(43, read.Items.Count(item => item.Labels[0] == 0.5));
        Assert.Equal(
            read.Items.SelectMany(item => item.Images).Select(image => image.Id).Distinct().Count(),
            Images(dataset).Count);
    }

    [Fact]
    public void ReadItems_Coco_Has159PhotosWith795Captions()
    {
        IDataset dataset = Open(
            "coco",
            SharedPaths.Of("data", "coco", "annotations", "captions_val2017.json"),
            SharedPaths.Of("data", "coco", "val2017"));

        DatasetItems read = dataset.ReadItems(CancellationToken.None);

        Assert.Empty(read.Skipped);
        Assert.Equal(159, read.Items.Count);
        Assert.Equal(795, read.Items.Sum(item => item.Captions.Length));
        Assert.Equal(159, Images(dataset).Count);
    }

    // 80 MB of photos pass through; what stays resident is far less. The bound leaves room for the runtime.
    [Fact]
    public void ReadImages_Flickr8k_MemoryStaysBounded()
    {
        IDataset dataset = Open("flickr30k", SharedPaths.Of("data", "flickr8k"));
        HashSet<string> all = [.. dataset.ReadItems(CancellationToken.None).Items.Select(item => item.Id)];

        long bytes = 0;
        long most = 0;
        using Process process = Process.GetCurrentProcess();
        process.Refresh();
        long before = process.WorkingSet64;
        foreach (ImageBytes image in dataset.ReadImages(all, CancellationToken.None))
        {
            bytes += image.Bytes.Length;
            process.Refresh();
            most = Math.Max(most, process.WorkingSet64 - before);
        }

        Assert.InRange(bytes, 70L << 20, 90L << 20);
        Assert.InRange(most, 0, 300L << 20);
    }

    private static IDataset Open(string format, string path, string? images = null) =>
        DatasetCatalog.Open(new DatasetSource { Format = format, Path = path, Images = images });

    private static List<string> Images(IDataset dataset)
    {
        DatasetItems read = dataset.ReadItems(CancellationToken.None);
        HashSet<string> all = [.. read.Items.SelectMany(item => item.Images).Select(image => image.Id)];
        return [.. dataset.ReadImages(all, CancellationToken.None).Select(image =>
            Convert.ToHexString(SHA256.HashData(image.Bytes)))];
    }
}
