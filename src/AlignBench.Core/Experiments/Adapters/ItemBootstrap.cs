using AlignBench.Statistics.Generators;
using TorchSharp;

using static TorchSharp.torch;

namespace AlignBench.Experiments.Adapters;

/// <summary>
/// Scores on resampled items. The same items are drawn for every score on n items, so that differences are of paired
/// resamples; the sums of all scores are one product of drawn counts and shares, exact in float32 below 2^24.
/// </summary>
/// <param name="resamples">B; 0: none.</param>
/// <param name="seed">Of <see cref="NumPyRandom"/>; items are drawn one after another, resample after resample.</param>
internal sealed class ItemBootstrap(int resamples, uint seed) : IDisposable
{
    private readonly Dictionary<int, Tensor> _counts = [];      // n -> [B, n]

    /// <summary>[B] scores of each share, all on the same n items.</summary>
    public IReadOnlyDictionary<AlignmentShare, double[]> Scores(IReadOnlyList<AlignmentShare> shares)
    {
        Dictionary<AlignmentShare, double[]> scores = new(ReferenceEqualityComparer.Instance);
        if (resamples == 0)
        {
            foreach (AlignmentShare share in shares)
            {
                scores.Add(share, []);
            }

            return scores;
        }

        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int n = shares[0].Shared.Length;
        Tensor values = tensor(
            shares.SelectMany(share => share.Shared).Select(count => (float)count).ToArray(), [shares.Count, n]);
        float[] sums = values.matmul(Counts(n).t()).contiguous().data<float>().ToArray();       // [shares, B]
        for (int s = 0; s < shares.Count; s++)
        {
            double most = (double)n * shares[s].K;
            scores.Add(shares[s], [.. sums.AsSpan(s * resamples, resamples).ToArray().Select(sum => sum / most)]);
        }

        return scores;
    }

    public void Dispose()
    {
        foreach (Tensor counts in _counts.Values)
        {
            counts.Dispose();
        }
    }

    /// <summary>[B, n], how often each item was drawn.</summary>
    private Tensor Counts(int n)
    {
        if (!_counts.TryGetValue(n, out Tensor? counts))
        {
            NumPyRandom random = new(seed);
            float[] drawn = new float[(long)resamples * n];
            for (int i = 0; i < drawn.Length; i++)
            {
                drawn[(i / n * n) + random.NextAtMost(n - 1)]++;
            }

            counts = tensor(drawn, [resamples, n]).DetachFromDisposeScope();
            _counts.Add(n, counts);
        }

        return counts;
    }
}
