using Microsoft.Win32.SafeHandles;

namespace AlignBench.Safetensors;

/// <summary>Positioned reads that are complete or an error.</summary>
internal static class FileBytes
{
    /// <summary>
    /// Fills <paramref name="destination"/> from byte <paramref name="offset"/> of the file.
    /// </summary>
    /// <exception cref="CheckpointException">The file ends before that.</exception>
    public static void Read(SafeFileHandle file, string path, long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
            {
                throw new CheckpointException(
                    $"{path}: ends at byte {offset}, {destination.Length} more bytes were expected");
            }

            offset += read;
            destination = destination[read..];
        }
    }
}
