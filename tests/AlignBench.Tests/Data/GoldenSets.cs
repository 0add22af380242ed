using System.Security.Cryptography;
using System.Text.Json;
using AlignBench.Data;

namespace AlignBench.Tests.Data;

/// <summary>Opens data sets of the repository and compares them with their expected.json.</summary>
internal static class GoldenSets
{
    public static string Folder(params string[] parts) => TestPaths.Golden(["datasets", .. parts]);

    public static IDataset Open(string format, string path, string? images = null, string? split = null) =>
        DatasetCatalog.Open(
            new DatasetSource { Format = format, Path = path, Images = images, Split = split });

    public static DatasetItems Items(this IDataset dataset) => dataset.ReadItems(CancellationToken.None);

    public static JsonElement Expected(params string[] parts)
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Folder(parts), "expected.json")));
        return document.RootElement.Clone();
    }

    public static JsonElement[] ExpectedItems(params string[] parts) =>
        [.. Expected(parts).GetProperty("items").EnumerateArray()];

    public static string?[] Texts(this JsonElement item, string name) =>
        [.. item.GetProperty(name).EnumerateArray().Select(text => text.ToString())];

    public static string Text(this JsonElement item, string name) => item.GetProperty(name).ToString();

    /// <summary>SHA-256 of every image's bytes, by id, in the order in which they came.</summary>
    public static List<(string Id, string Digest)> Digests(
        this IDataset dataset, IEnumerable<string>? ids = null)
    {
        HashSet<string> wanted = ids is null
            ? [.. dataset.Items().Items.SelectMany(item => item.Images).Select(image => image.Id)]
            : [.. ids];
        return [.. dataset.ReadImages(wanted, CancellationToken.None).Select(image =>
            (image.Image.Id, Convert.ToHexStringLower(SHA256.HashData(image.Bytes))))];
    }

    public static string[] Words(this IEnumerable<SkippedRow> skipped) =>
        [.. skipped.Select(row => $"{row.Source}: {row.Reason}")];

    public static string Error(Action read)
    {
        string message = Assert.Throws<DataException>(read).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
