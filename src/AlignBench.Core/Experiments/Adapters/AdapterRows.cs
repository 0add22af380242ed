using AlignBench.Adapters;
using AlignBench.Statistics.Generators;

namespace AlignBench.Experiments.Adapters;

/// <summary>Which items are trained on.</summary>
internal sealed record AdapterRows(int[] Train, int[] Validation)
{
    /// <summary>
    /// Cuts n items by the settings' split and share. Items of the second part whose group has an item in the first
    /// are in neither.
    /// </summary>
    /// <param name="n">Items.</param>
    /// <param name="groups">[n]; null: each item is a group.</param>
    /// <param name="settings">Split and share.</param>
    /// <exception cref="DataException">A part would have fewer items than neighbours are asked for, or than 2.</exception>
    public static AdapterRows Split(int n, IReadOnlyList<string>? groups, EvaluationSettings settings)
    {
        int train = (int)(n * settings.TrainShare!.Value);
        int[] order = AdapterWords.Of(AdapterWords.Splits, settings.Split)
            ? new NumPyRandom((uint)settings.SplitSeed!.Value).Permutation(n)
            : [.. Enumerable.Range(0, n)];
        HashSet<string> trained = groups is null ? [] : [.. order[..train].Select(row => groups[row])];
        int[] rest = [.. order[train..].Where(row => groups is null || !trained.Contains(groups[row]))];
        int needed = Math.Max(settings.K!.Value, settings.KSweep!.DefaultIfEmpty().Max()) + 1;
        if (Math.Min(train, rest.Length) < needed)
        {
            throw new DataException(
                $"expected at least {needed} items to train on and as many for validation (k is up to {needed - 1}), "
                + $"got {train} and {rest.Length}");
        }

        return new AdapterRows([.. order[..train].Order()], [.. rest.Order()]);
    }

    /// <summary>The set of a name: train, validation or all.</summary>
    public RowSet Named(string name) => new(name, name switch
    {
        "train" => Train,
        "validation" => Validation,
        _ => [.. Train.Concat(Validation).Order()],
    });
}
