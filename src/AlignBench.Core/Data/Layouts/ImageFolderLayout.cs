using AlignBench.Data.Files;

namespace AlignBench.Data.Layouts;

/// <summary>A <see cref="FileFolder"/> of images.</summary>
internal static class ImageFolderLayout
{
    public static IDataset Open(DatasetSource source) =>
        new FileFolder(source, ImageFiles.IsImage).ToDataset((builder, item, file) => builder.Add(
            item.Id, item with { Images = [new ImageReference(item.Id, file)] }, new WholeFile(file)));
}
