using System.Formats.Tar;

namespace AlignBench.Data.Files;

/// <summary>A file in a tar archive.</summary>
/// <param name="Name">With its folders.</param>
/// <param name="Offset">Of its first byte in the archive.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Content">Its bytes if they were asked for, else empty.</param>
internal sealed record TarMember(string Name, long Offset, int Length, byte[] Content);

/// <summary>Reads tar archives (ustar, pax, GNU), passing over what is not asked for.</summary>
internal static class TarArchive
{
    /// <summary>Streams the regular files, in order.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="needsContent">Says by name whose bytes are wanted now.</param>
    /// <param name="cancellation">Asked at each member.</param>
    /// <exception cref="DataException">The archive is damaged or cut short.</exception>
    public static IEnumerable<TarMember> Members(
        string file, Func<string, bool> needsContent, CancellationToken cancellation)
    {
        using FileStream stream = File.OpenRead(file);
        if (stream.Length == 0)
        {
            throw new DataException($"{file}: empty, expected a tar archive");
        }

        using TarReader reader = new(stream);
        string last = "its first header";
        while (Next(reader, file, last) is TarEntry entry)
        {
            cancellation.ThrowIfCancellationRequested();
            last = entry.Name;
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                yield return Member(entry, file, stream.Length, needsContent(entry.Name));
            }
        }
    }

    private static TarEntry? Next(TarReader reader, string file, string last)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (EndOfStreamException)
        {
            throw CutShort(file, last);
        }
        catch (Exception e)
            when (e is InvalidDataException or FormatException or OverflowException or ArgumentException)
        {
            throw new DataException($"{file}: damaged after {last}: {e.Message}");
        }
    }

    private static TarMember Member(TarEntry entry, string file, long length, bool needsContent)
    {
        if (entry.DataStream is null)                       // an empty file
        {
            return new TarMember(entry.Name, 0, 0, []);
        }

        if (entry.DataOffset + entry.Length > length)
        {
            throw CutShort(file, entry.Name);
        }

        if (entry.Length > Array.MaxLength)
        {
            throw new DataException($"{file}: {entry.Name} has {entry.Length} bytes, too many for an image");
        }

        byte[] content = [];
        if (needsContent)
        {
            content = new byte[entry.Length];
            entry.DataStream.ReadExactly(content);
        }

        return new TarMember(entry.Name, entry.DataOffset, (int)entry.Length, content);
    }

    private static DataException CutShort(string file, string place) =>
        new($"{file}: the archive ends inside of {place}");
}
