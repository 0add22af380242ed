using AlignBench.Data.Files;
using AlignBench.Data.Packed;

namespace AlignBench.Data.Layouts;

/// <summary>
/// Tar shards as webdataset writes them. A member's key is its path up to the first dot of its base name, its
/// extension the rest; neighbours with one key make a sample. An item is a sample with an image (extension
/// jpg, png ...) and a caption: the text of txt, else the member caption of json. Its id is the key.
/// </summary>
internal static class WebDatasetLayout
{
    public static IDataset Open(DatasetSource source)
    {
        source.ForbidSplit();
        source.ForbidImages();
        IReadOnlyList<string> files = ShardList.Find(source.Path, ".tar");
        return new IndexedDataset(
            source, files, cancellation => ReadIndex(source.Path, files, cancellation));
    }

    private static DatasetIndex ReadIndex(
        string path, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        IndexBuilder builder = new(path);
        foreach (string file in files)
        {
            WebDatasetSample? sample = null;
            foreach (TarMember member in TarArchive.Members(file, NeedsContent, cancellation))
            {
                (string key, string extension) = Split(member.Name);
                if (sample?.Key != key)
                {
                    sample?.AddTo(builder);
                    sample = new WebDatasetSample(file, key);
                }

                sample.Take(extension, member);
            }

            sample?.AddTo(builder);
        }

        return builder.Build();
    }

    private static (string Key, string Extension) Split(string name)
    {
        int dot = name.IndexOf('.', name.LastIndexOf('/') + 1);
        return dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
    }

    private static bool NeedsContent(string name) => Split(name).Extension is "txt" or "json";
}
