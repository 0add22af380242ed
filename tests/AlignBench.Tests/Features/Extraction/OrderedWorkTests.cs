using AlignBench.Features.Extraction;

namespace AlignBench.Tests.Features.Extraction;

public class OrderedWorkTests
{
    [Fact]
    public void Run_WorkOfAnyLength_KeepsTheStreamsOrder()
    {
        IEnumerable<int> results = OrderedWork.Run(
            Enumerable.Range(0, 200),
            i =>
            {
                Thread.Sleep(i % 7 == 0 ? 3 : 0);
                return i * i;
            },
            threads: 3,
            ahead: 8,
            CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 200).Select(i => i * i), results);
    }

    [Fact]
    public void Run_SlowCaller_ReadsNoFurtherAheadThanAllowed()
    {
        int read = 0;
        IEnumerable<int> inputs = Enumerable.Range(0, 100).Select(i =>
        {
            Interlocked.Increment(ref read);
            return i;
        });

        using IEnumerator<int> results = OrderedWork.Run(
            inputs, i => i, threads: 2, ahead: 5, CancellationToken.None).GetEnumerator();
        Assert.True(results.MoveNext());
        Thread.Sleep(50);

        // One taken, five under way, one in the reader's hand.
        Assert.InRange(Volatile.Read(ref read), 1, 7);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_AFailure_ComesInItsPlace(bool inReader)
    {
        IEnumerable<int> inputs = Enumerable.Range(0, 20).Select(i =>
            inReader && i == 6 ? throw new InvalidDataException("six") : i);
        List<int> seen = [];

        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => OrderedWork.Run(
            inputs, i => i == 6 ? throw new InvalidDataException("six") : i, 2, 4, CancellationToken.None)
            .Count(i => Seen(seen, i) >= 0));

        Assert.Equal("six", failure.Message);
        Assert.Equal([0, 1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public void Run_Cancelled_StopsAndLeavesNoThread()
    {
        using CancellationTokenSource cancellation = new();
        int working = 0;
        IEnumerable<int> results = OrderedWork.Run(
            Endless(),
            i =>
            {
                Interlocked.Increment(ref working);
                Thread.Sleep(1);
                Interlocked.Decrement(ref working);
                return i;
            },
            threads: 2,
            ahead: 4,
            cancellation.Token);

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (int result in results)
            {
                if (result == 10)
                {
                    cancellation.Cancel();
                }
            }
        });

        Assert.Equal(0, working);
    }

    private static int Seen(List<int> seen, int value)
    {
        seen.Add(value);
        return value;
    }

    private static IEnumerable<int> Endless()
    {
        for (int i = 0; ; i++)
        {
            yield return i;
        }
    }
}
