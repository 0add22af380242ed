namespace AlignBench.Hub;

/// <summary>Counts the bytes that a pull has still to fetch; those that were there don't count.</summary>
internal sealed class PullProgress(IProgress<StageProgress> progress, string stage)
{
    private long _done;
    private long _total;

    /// <summary>More is to come.</summary>
    public void Expect(long bytes)
    {
        _total += bytes;
        Report();
    }

    /// <summary>Bytes have come; negative ones are taken back, to come again.</summary>
    public void Add(long bytes)
    {
        _done += bytes;
        if (_done < 0)                   // what was there is fetched again
        {
            _total -= _done;
            _done = 0;
        }

        Report();
    }

    private void Report() => progress.Report(new StageProgress(stage, _done, _total) { AreBytes = true });
}
