using Serilog;

namespace AlignBench.Hub.Requests;

/// <summary>Tries again what failed for a passing reason, at growing intervals, and not for ever.</summary>
internal sealed class Retries(HubPatience patience, ILogger log)
{
    /// <summary>Runs <paramref name="attempt"/> until it returns.</summary>
    /// <exception cref="HubException">It failed too often, or the server asks to wait too long.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                return await attempt();
            }
            catch (TransientException e)
            {
                failures = e.Progressed ? 1 : failures;
                await WaitAsync(e, failures, cancellation);
            }
        }
    }

    private async Task WaitAsync(TransientException failure, int failures, CancellationToken cancellation)
    {
        if (failures >= patience.Attempts)
        {
            throw new HubException($"{failure.Message}; gave up after {failures} attempts");
        }

        TimeSpan wait = failure.Wait ?? patience.FirstWait * (1 << (failures - 1));
        if (wait > patience.LongestWait)
        {
            throw new HubException(
                $"{failure.Message}, and asks to wait {wait.TotalSeconds:F0} s; pull again after that");
        }

        log.Warning("{Problem:l}; trying again in {Seconds:F0} s", failure.Message, wait.TotalSeconds);
        await patience.Wait(wait, cancellation);
    }
}
