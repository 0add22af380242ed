namespace AlignBench.Hub.Cache;

/// <summary>
/// A lock between processes, as Python's filelock takes it: flock(2) on a file that stays when it is released.
/// (.NET takes exactly that for a file that is not to be shared.)
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] s_taken = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until the lock is free.</summary>
    /// <param name="path">Its folder is made if it is not there.</param>
    /// <param name="onWait">Called once if another one has it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<FileLock> AcquireAsync(
        string path, Action onWait, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (bool first = true; ; first = false)
        {
            if (TryOpen(path) is { } file)
            {
                return new FileLock(file);
            }

            if (first)
            {
                onWait();
            }

            await Task.Delay(s_pause, cancellation);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (File.Exists(path))
            {
                return file;
            }

            file.Dispose();          // its last owner has deleted it: who comes next would lock another one
            return null;
        }
        catch (IOException e) when (s_taken.Contains(e.HResult))
        {
            return null;
        }
    }
}
