namespace AlignBench;

/// <summary>Files that are complete or absent: written under another name, flushed to the disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/>, replacing what was there; makes its folder if it is not there.</summary>
    /// <param name="path">Where the finished file goes.</param>
    /// <param name="write">Fills the file; if it throws, nothing is left behind and the old file stays.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public static void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        Write(path, stream => stream.Write(copy));
    }

    /// <summary>Tries whether files can be written to a folder, without making it.</summary>
    /// <exception cref="IOException">It, or what stands in its place, can't be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static void ThrowIfUnwritable(string folder)
    {
        string existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
            {
                throw new IOException($"{folder}: expected a folder, {existing} is a file");
            }

            existing = Path.GetDirectoryName(existing)!;
        }

        try
        {
            string probe = Path.Combine(existing, $".{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
            using FileStream stream = new(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"{folder}: no permission to write in {existing}", e);
        }
        catch (IOException e)
        {
            throw new IOException($"{folder}: can't write in {existing}: {e.Message}", e);
        }
    }

    /// <summary>Removes what a killed process left half-written in a folder: temporary files of no living process.</summary>
    public static void DeleteOrphans(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.tmp"))
        {
            string[] parts = Path.GetFileNameWithoutExtension(file).Split('.');
            string owner = parts[^1].Split('-')[0];
            if (int.TryParse(owner, out int process) && process != Environment.ProcessId && !IsAlive(process))
            {
                File.Delete(file);
            }
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using System.Diagnostics.Process found = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
