using AlignBench.Adapters;
using AlignBench.Statistics.Generators;

namespace AlignBench.Experiments;

/// <summary>Which items are trained on.</summary>
internal sealed record AdapterRows(int[] Train, int[] Validation)
{
    /// <summary>Cuts n items by the settings' split and share.</summary>
    /// <exception cref="DataException">A part would have fewer items than neighbours are asked for, or than 2.</exception>
    public static AdapterRows Split(int n, EvaluationSettings settings)
    {
        int train = (int)(n * settings.TrainShare!.Value);
        int needed = Math.Max(settings.K!.Value, settings.KSweep!.DefaultIfEmpty().Max()) + 1;
        if (Math.Min(train, n - train) < needed)
        {
            throw new DataException(
                $"expected at least {needed} items to train on and as many for validation (k is up to {needed - 1}), "
                + $"got {train} and {n - train}");
        }

        int[] order = AdapterWords.Of(AdapterWords.Splits, settings.Split)
            ? new NumPyRandom((uint)settings.SplitSeed!.Value).Permutation(n)
            : [.. Enumerable.Range(0, n)];
        return new AdapterRows([.. order[..train].Order()], [.. order[train..].Order()]);
    }

    /// <summary>The set of a name: train, validation or all.</summary>
    public RowSet Named(string name) => new(name, name switch
    {
        "train" => Train,
        "validation" => Validation,
        _ => [.. Train.Concat(Validation).Order()],
    });
}
