using System.Collections.Concurrent;

namespace AlignBench.Nn;

/// <summary>
/// Blocks that are in memory while they are used: one is read when it is first asked for, the next one
/// meanwhile on a thread of its own, and both are freed when later ones are asked for. So two are in memory,
/// if whoever uses them takes all that he has through one block before he goes on to the next; in any other
/// order results are the same and blocks are read again.
/// </summary>
/// <param name="count">L.</param>
/// <param name="build">Block i: what is freed with it, and what reads it.</param>
internal sealed class BlockLoader<TBlock>(
    int count, Func<int, (IDisposable Weights, Func<TBlock> Build)> build) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Loading> _loading = [];
    private readonly BlockingCollection<Task> _toRead = [];
    private Thread? _reader;
    private bool _isDisposed;

    /// <summary>Block i, which stays in memory until <paramref name="use"/> returns. Any thread may
    /// ask.</summary>
    /// <exception cref="CheckpointException">The file is cut short.</exception>
    public TResult Use<TResult>(int i, Func<TBlock, TResult> use)
    {
        Loading block;
        lock (_lock)
        {
            FreeUnused(i);
            block = Load(i);
            block.Users++;
        }

        try
        {
            TBlock ready = block.Wait();
            LoadNext(i);
            return use(ready);
        }
        finally
        {
            lock (_lock)
            {
                block.Users--;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        foreach (Loading block in _loading.Values)
        {
            block.Dispose();
        }

        _loading.Clear();
        _toRead.CompleteAdding();
        _reader?.Join();
        _toRead.Dispose();
    }

    private void FreeUnused(int wanted)
    {
        foreach ((int i, Loading block) in _loading.ToArray())
        {
            if (i != wanted && i != wanted + 1 && block.Users == 0)
            {
                _loading.Remove(i);
                block.Dispose();
            }
        }
    }

    // Not before this one is there: two at once would only share the disk.
    private void LoadNext(int i)
    {
        lock (_lock)
        {
            if (i + 1 < count)
            {
                Load(i + 1);
            }
        }
    }

    private Loading Load(int i)
    {
        if (!_loading.TryGetValue(i, out Loading? block))
        {
            (IDisposable weights, Func<TBlock> read) = build(i);
            _loading[i] = block = new Loading(weights, new Task<TBlock>(read));
            _toRead.Add(block.Read);
            StartReader();
        }

        return block;
    }

    // One thread for all blocks: malloc keeps what is freed for the thread that asked for it, so that a thread a
    // block would leave a block's memory behind each.
    private void StartReader()
    {
        if (_reader is null)
        {
            _reader = new Thread(() =>
            {
                foreach (Task task in _toRead.GetConsumingEnumerable())
                {
                    task.RunSynchronously(TaskScheduler.Default);
                }
            })
            { IsBackground = true, Name = "block reader" };
            _reader.Start();
        }
    }

    /// <summary>A block that is being read, and then is there.</summary>
    private sealed class Loading(IDisposable weights, Task<TBlock> read) : IDisposable
    {
        public Task<TBlock> Read => read;

        /// <summary>How many are at it; to be changed under the loader's lock.</summary>
        public int Users { get; set; }

        public TBlock Wait() => read.GetAwaiter().GetResult();

        public void Dispose()
        {
            ((IAsyncResult)read).AsyncWaitHandle.WaitOne();     // whatever came of it
            weights.Dispose();
        }
    }
}
