using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace AlignBench.Safetensors;

/// <summary>
/// What torch.save wrote: one pickled object, and the storages that its tensors are views of.
/// </summary>
internal sealed class TorchArchive
{
    /// <summary>A pickle of weights has names and shapes; the numbers are outside.</summary>
    private const long LongestPickle = 256_000_000;

    /// <summary>torch.serialization.MAGIC_NUMBER, in a pickle of protocol 2.</summary>
    private static readonly byte[] s_legacyStart =
        [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

    private readonly string _path;
    private readonly Dictionary<string, (long Offset, long Length)> _storages = [];

    private TorchArchive(string path)
    {
        _path = path;
    }

    /// <summary>The pickled object.</summary>
    public object? Root { get; private set; }

    /// <summary>Reads the pickles of a file.</summary>
    /// <exception cref="CheckpointException">Neither of the two formats, or malformed.</exception>
    public static TorchArchive Read(SafeFileHandle file, string path)
    {
        byte[] start = new byte[Math.Min(s_legacyStart.Length, RandomAccess.GetLength(file))];
        FileBytes.Read(file, path, 0, start);
        TorchArchive archive = new(path);
        if (start.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            archive.ReadZip(file);
        }
        else if (start.AsSpan().SequenceEqual(s_legacyStart))
        {
            archive.ReadLegacy();
        }
        else
        {
            throw new CheckpointException(start.AsSpan().StartsWith("version "u8)
                ? $"{path}: this is a Git LFS pointer, not weights; run git lfs pull"
                : $"{path}: not what torch.save writes: neither a zip file nor its older format");
        }

        return archive;
    }

    /// <summary>Where a storage's bytes lie.</summary>
    /// <exception cref="CheckpointException">The file does not have it.</exception>
    public (long Offset, long Length) PlaceOf(TorchStorage storage) =>
        _storages.TryGetValue(storage.Key, out (long Offset, long Length) place)
            ? place
            : throw new CheckpointException($"{_path}: storage {storage.Key} is missing");

    private void ReadZip(SafeFileHandle file)
    {
        IReadOnlyDictionary<string, ZipEntry> entries = StoredZip.Read(file, _path);
        ZipEntry[] pickles =
        [
            .. entries.Values.Where(entry => entry.Name.EndsWith("/data.pkl", StringComparison.Ordinal)),
        ];
        if (pickles is not [ZipEntry pickle] || pickle.Length > LongestPickle)
        {
            throw new CheckpointException(
                $"{_path}: expected one data.pkl in the zip file, found {pickles.Length}");
        }

        string folder = pickle.Name[..^"data.pkl".Length];
        if (entries.TryGetValue($"{folder}byteorder", out ZipEntry? order) && Text(file, order) != "little")
        {
            throw new CheckpointException($"{_path}: byte order is {Text(file, order)}, expected little");
        }

        string storages = $"{folder}data/";
        foreach (ZipEntry entry in entries.Values)
        {
            if (entry.Name.StartsWith(storages, StringComparison.Ordinal))
            {
                _storages[entry.Name[storages.Length..]] = (entry.Offset, entry.Length);
            }
        }

        byte[] bytes = new byte[pickle.Length];
        FileBytes.Read(file, _path, pickle.Offset, bytes);
        using MemoryStream stream = new(bytes, writable: false);
        Root = new PickleReader(stream, _path, Storage).Read();
    }

    /// <summary>
    /// Magic number, protocol version, system's sizes, object, storage keys: five pickles; then each storage,
    /// its element count before it (torch.serialization, _legacy_save).
    /// </summary>
    private void ReadLegacy()
    {
        Dictionary<string, TorchStorage> types = [];
        using FileStream stream = File.OpenRead(_path);
        object? Next() => new PickleReader(stream, _path, id =>
        {
            TorchStorage storage = Storage(id);
            types[storage.Key] = storage;
            return storage;
        }).Read();

        Next();
        Next();
        PickleDictionary? system = Next() as PickleDictionary;
        if (system?.Any(entry => entry is { Key: "little_endian", Value: false }) == true)
        {
            throw new CheckpointException($"{_path}: byte order is big, expected little");
        }

        Root = Next();
        byte[] countBytes = new byte[sizeof(long)];
        foreach (object? key in Next() as List<object?> ?? [])
        {
            if (key is not string name || !types.TryGetValue(name, out TorchStorage? storage))
            {
                throw new CheckpointException($"{_path}: storage {key} belongs to no tensor");
            }

            stream.ReadAtLeast(countBytes, sizeof(long), throwOnEndOfStream: false);
            long count = BinaryPrimitives.ReadInt64LittleEndian(countBytes);
            long room = (stream.Length - stream.Position) / storage.Type.Width();
            if (count < 0 || count > room)
            {
                throw new CheckpointException(
                    $"{_path}: storage {name} should have {count} elements of "
                    + $"{storage.Type.Name()}, the file ends after {room}");
            }

            long length = count * storage.Type.Width();
            _storages[name] = (stream.Position, length);
            stream.Position += length;
        }
    }

    /// <summary>
    /// ('storage', class, key, device, count), in the older format with None or (key, first, count) behind
    /// it.
    /// </summary>
    private TorchStorage Storage(object?[] id)
    {
        if (
            id is ["storage", object type, string key, _, long count, ..]
                && PickleNames.Storage(type) is StoredType elements)
        {
            switch (id.Length > 5 ? id[5] : null)
            {
                case null:
                    return new TorchStorage(elements, key, count);
                case object?[] view when view is [_, long first, long viewed] && first >= 0:
                    return new TorchStorage(elements, key, viewed, first);
            }
        }

        throw new CheckpointException(
            $"{_path}: not weights that can be read: a persistent id is no storage");
    }

    private string Text(SafeFileHandle file, ZipEntry entry)
    {
        byte[] bytes = new byte[Math.Min(entry.Length, 16)];
        FileBytes.Read(file, _path, entry.Offset, bytes);
        return System.Text.Encoding.ASCII.GetString(bytes);
    }
}
