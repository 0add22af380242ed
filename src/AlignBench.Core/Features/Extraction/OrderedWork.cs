using System.Collections.Concurrent;

namespace AlignBench.Features.Extraction;

/// <summary>
/// Work on a stream: one thread reads it, a few work on what was read, and the caller gets the results in the
/// stream's order. A bounded number of inputs is under way, so that memory does not grow with the stream.
/// </summary>
internal static class OrderedWork
{
    /// <param name="inputs">Read on a thread of its own.</param>
    /// <param name="work">Called on several threads at once.</param>
    /// <param name="threads">Inputs worked on at a time, 1 or more.</param>
    /// <param name="ahead">Inputs read and not yet handed out as results, 1 or more.</param>
    /// <param name="cancellation">Stops between two inputs.</param>
    /// <returns>
    /// One result an input; a failure comes in its input's place. Leaving the enumeration stops the threads and
    /// waits for them.
    /// </returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<TResult> Run<TInput, TResult>(
        IEnumerable<TInput> inputs,
        Func<TInput, TResult> work,
        int threads,
        int ahead,
        CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using BlockingCollection<Job<TInput, TResult>> waiting = new(new ConcurrentQueue<Job<TInput, TResult>>());
        using BlockingCollection<Job<TInput, TResult>> underWay = new(ahead);
        CancellationToken stopped = stop.Token;
        Thread[] all =
        [
            Start("reader", () => Read(inputs, waiting, underWay, stopped)),
            .. Enumerable.Range(0, threads).Select(i => Start($"worker {i}", () => Work(waiting, work, stopped))),
        ];
        try
        {
            foreach (Job<TInput, TResult> job in underWay.GetConsumingEnumerable(cancellation))
            {
                yield return job.Done.Task.WaitAsync(cancellation).GetAwaiter().GetResult();
            }

            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            stop.Cancel();
            Array.ForEach(all, thread => thread.Join());
        }
    }

    private static Thread Start(string name, Action body)
    {
        Thread thread = new(() => body()) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    private static void Read<TInput, TResult>(
        IEnumerable<TInput> inputs,
        BlockingCollection<Job<TInput, TResult>> waiting,
        BlockingCollection<Job<TInput, TResult>> underWay,
        CancellationToken stopped)
    {
        try
        {
            foreach (TInput input in inputs)
            {
                Job<TInput, TResult> job = new(input);
                underWay.Add(job, stopped);
                waiting.Add(job, stopped);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The caller knows, or has left.
        }
        catch (Exception e)
        {
            Job<TInput, TResult> last = new(default!);
            last.Done.SetException(e);
            AddUnlessStopped(underWay, last, stopped);
        }
        finally
        {
            underWay.CompleteAdding();
            waiting.CompleteAdding();
        }
    }

    private static void AddUnlessStopped<TJob>(
        BlockingCollection<TJob> jobs, TJob job, CancellationToken stopped)
    {
        try
        {
            jobs.Add(job, stopped);
        }
        catch (OperationCanceledException)
        {
            // The caller has left and will not ask.
        }
    }

    private static void Work<TInput, TResult>(
        BlockingCollection<Job<TInput, TResult>> waiting, Func<TInput, TResult> work, CancellationToken stopped)
    {
        try
        {
            foreach (Job<TInput, TResult> job in waiting.GetConsumingEnumerable(stopped))
            {
                job.Run(work);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller knows, or has left.
        }
    }

    private sealed class Job<TInput, TResult>(TInput input)
    {
        private TInput _input = input;

        public TaskCompletionSource<TResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run(Func<TInput, TResult> work)
        {
            try
            {
                TResult result = work(_input);
                _input = default!;                          // its memory is free before the result's turn comes
                Done.SetResult(result);
            }
            catch (Exception e)
            {
                Done.SetException(e);
            }
        }
    }
}
