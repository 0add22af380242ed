using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AlignBench.Safetensors;

/// <summary>Where an entry's bytes lie in a zip file.</summary>
internal sealed record ZipEntry(string Name, long Offset, long Length);

/// <summary>
/// The directory of a zip file whose entries are stored as they are, as torch.save writes it, files beyond 4
/// GiB included (PKWARE APPNOTE 6.3.9, sections 4.3.7 to 4.3.16). .NET's own reader does not say where an
/// entry lies.
/// </summary>
internal static class StoredZip
{
    private const uint EndSignature = 0x06054b50;
    private const uint End64LocatorSignature = 0x07064b50;
    private const uint End64Signature = 0x06064b50;
    private const uint EntrySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const int EndLength = 22;
    private const int LongestDirectory = 100_000_000;

    /// <summary>All entries.</summary>
    /// <exception cref="CheckpointException">Not a complete zip file, or an entry is compressed.</exception>
    public static IReadOnlyDictionary<string, ZipEntry> Read(SafeFileHandle file, string path)
    {
        (long offset, long length, long count) = FindDirectory(file, path);
        if (
            offset < 0 || length < 0 || length > LongestDirectory
                || offset > RandomAccess.GetLength(file) - length)
        {
            throw Broken(path, "its central directory lies outside the file");
        }

        byte[] directory = new byte[length];
        FileBytes.Read(file, path, offset, directory);
        Dictionary<string, ZipEntry> entries = [];
        ReadOnlySpan<byte> rest = directory;
        for (long i = 0; i < count; i++)
        {
            ZipEntry entry = ReadEntry(ref rest, file, path);
            if (!entries.TryAdd(entry.Name, entry))
            {
                throw Broken(path, $"entry {entry.Name} occurs twice");
            }
        }

        return entries;
    }

    private static (long Offset, long Length, long Count) FindDirectory(SafeFileHandle file, string path)
    {
        long fileLength = RandomAccess.GetLength(file);
        byte[] tail = new byte[Math.Min(fileLength, EndLength + ushort.MaxValue)];
        FileBytes.Read(file, path, fileLength - tail.Length, tail);
        for (int i = tail.Length - EndLength; i >= 0; i--)
        {
            ReadOnlySpan<byte> end = tail.AsSpan(i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndSignature)
            {
                long place = fileLength - tail.Length + i;
                return FindDirectory64(file, path, place) ?? (
                    BinaryPrimitives.ReadUInt32LittleEndian(end[16..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(end[12..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(end[10..]));
            }
        }

        throw Broken(path, "it has no central directory: the file is cut short");
    }

    private static (long Offset, long Length, long Count)? FindDirectory64(
        SafeFileHandle file, string path, long end)
    {
        const int LocatorLength = 20;
        byte[] locator = new byte[LocatorLength];
        if (end < LocatorLength)
        {
            return null;
        }

        FileBytes.Read(file, path, end - LocatorLength, locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != End64LocatorSignature)
        {
            return null;
        }

        byte[] record = new byte[56];
        long place = BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8));
        if (place < 0 || place > end - record.Length)
        {
            throw Broken(path, "its central directory lies outside the file");
        }

        FileBytes.Read(file, path, place, record);
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != End64Signature)
        {
            throw Broken(path, "its central directory is not where it should be");
        }

        return (
            BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)),
            BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)),
            BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32)));
    }

    private static ZipEntry ReadEntry(ref ReadOnlySpan<byte> rest, SafeFileHandle file, string path)
    {
        const int Fixed = 46;
        if (rest.Length < Fixed || BinaryPrimitives.ReadUInt32LittleEndian(rest) != EntrySignature)
        {
            throw Broken(path, "its central directory is malformed");
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
        int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
        if (rest.Length < Fixed + nameLength + extraLength + commentLength)
        {
            throw Broken(path, "its central directory is malformed");
        }

        string name = Encoding.UTF8.GetString(rest.Slice(Fixed, nameLength));
        if (BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]) != 0)
        {
            throw Broken(path, $"entry {name} is compressed, which torch.save never does");
        }

        long compressed = BinaryPrimitives.ReadUInt32LittleEndian(rest[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(rest[24..]);
        long local = BinaryPrimitives.ReadUInt32LittleEndian(rest[42..]);
        ReadExtra64(rest.Slice(Fixed + nameLength, extraLength), ref length, ref compressed, ref local);
        rest = rest[(Fixed + nameLength + extraLength + commentLength)..];
        return new ZipEntry(name, DataOffset(file, path, name, local, length), length);
    }

    /// <summary>
    /// Sizes beyond 32 bits stand in the extra field of id 1, in this order, each only if it is needed.
    /// </summary>
    private static void ReadExtra64(
        ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long local)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int size = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            ReadOnlySpan<byte> field = extra.Slice(4, size);
            extra = extra[(4 + size)..];
            if (id == 1)
            {
                Take(ref field, ref length);
                Take(ref field, ref compressed);
                Take(ref field, ref local);
            }
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value == uint.MaxValue && field.Length >= sizeof(long))
            {
                value = BinaryPrimitives.ReadInt64LittleEndian(field);
                field = field[sizeof(long)..];
            }
        }
    }

    private static long DataOffset(SafeFileHandle file, string path, string name, long local, long length)
    {
        const int Fixed = 30;
        Span<byte> header = stackalloc byte[Fixed];
        long fileLength = RandomAccess.GetLength(file);
        if (local < 0 || local > fileLength - Fixed)
        {
            throw Broken(path, $"entry {name} lies outside the file");
        }

        FileBytes.Read(file, path, local, header);
        long offset = local + Fixed
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(
                header[28..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) == LocalSignature
            && length >= 0 && offset <= fileLength - length
            ? offset
            : throw Broken(path, $"entry {name} lies outside the file");
    }

    private static CheckpointException Broken(string path, string what) =>
        new($"{path}: not a readable zip file: {what}");
}
