using AlignBench.Data.Files;

namespace AlignBench.Data.Layouts;

/// <summary>A <see cref="FileFolder"/> of WAV files.</summary>
internal static class SoundFolderLayout
{
    private static readonly string[] s_extensions = ["wav", "wave"];

    public static IDataset Open(DatasetSource source) =>
        new FileFolder(source, extension => s_extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            .ToDataset((builder, item, file) => builder.Add(
                item.Id, item with { Sounds = [new SoundReference(item.Id, file)] }));
}
