using AlignBench.Statistics.Generators;

namespace AlignBench.Regression.Folds;

/// <summary>One fold: which rows are predicted and which are learned from, both ascending.</summary>
public sealed record Fold(int[] Train, int[] Test)
{
    /// <summary>
    /// The inner folds of a preset that searches alpha with some, as places in <see cref="Train"/>; null: as the preset
    /// cuts them.
    /// </summary>
    public Fold[]? Inner { get; init; }
}

/// <summary>K-fold cross-validation, row for row as scikit-learn's <c>KFold</c>.</summary>
public static class KFold
{
    /// <summary>
    /// Shuffles 0 … n − 1 once with <c>RandomState(seed)</c> and cuts it into runs, the first n mod k one
    /// longer; each run is a test set.
    /// </summary>
    /// <param name="n">Rows.</param>
    /// <param name="splits">k, 2 to n.</param>
    /// <param name="seed">scikit-learn's <c>random_state</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="splits"/> is outside 2 … n.</exception>
    public static Fold[] Shuffled(int n, int splits, uint seed)
    {
        ThrowIfOutside(n, splits);
        return Cut(new NumPyRandom(seed).Permutation(n), splits);
    }

    /// <summary>
    /// The same runs without a shuffle, as <c>KFold(k)</c>: the inner folds of a nested search.
    /// </summary>
    /// <inheritdoc cref="Shuffled"/>
    public static Fold[] Consecutive(int n, int splits)
    {
        ThrowIfOutside(n, splits);
        return Cut([.. Enumerable.Range(0, n)], splits);
    }

    /// <summary>The fold whose test rows are given; every other row of 0 … n − 1 is a training row.</summary>
    internal static Fold FromTestRows(int n, IEnumerable<int> testRows)
    {
        bool[] isTest = new bool[n];
        foreach (int row in testRows)
        {
            isTest[row] = true;
        }

        int[] rows = [.. Enumerable.Range(0, n)];
        return new Fold([.. rows.Where(i => !isTest[i])], [.. rows.Where(i => isTest[i])]);
    }

    private static Fold[] Cut(int[] order, int splits)
    {
        Fold[] folds = new Fold[splits];
        int start = 0;
        for (int i = 0; i < splits; i++)
        {
            int size = (order.Length / splits) + (i < order.Length % splits ? 1 : 0);
            folds[i] = FromTestRows(order.Length, order.Skip(start).Take(size));
            start += size;
        }

        return folds;
    }

    private static void ThrowIfOutside(int n, int splits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(splits, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(splits, n);
    }
}
