using AlignBench.Statistics.Generators;

namespace AlignBench.Regression.Folds;

/// <summary>
/// K-fold cross-validation that keeps the rows of a group together (captions of one image, pictures of one
/// prompt), fold for fold as scikit-learn's <c>GroupKFold</c>: otherwise a test item has near copies among
/// the training rows.
/// </summary>
public static class GroupKFold
{
    /// <summary>
    /// Even folds: groups from the largest down, among equal ones the higher-sorting label first, each to the
    /// fold with fewest rows so far (the lowest of equal ones).
    /// </summary>
    /// <param name="groups">[n], the label of each row.</param>
    /// <param name="splits">2 to the number of groups.</param>
    /// <param name="order">How labels sort; <see cref="StringComparer.Ordinal"/> for text.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer groups than folds.</exception>
    public static Fold[] Balanced<T>(IReadOnlyList<T> groups, int splits, IComparer<T> order)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        ILookup<T, int> rows = RowsByGroup(groups);
        T[] labels = SortedLabels(rows, splits, order);
        List<int>[] tests = [.. Enumerable.Range(0, splits).Select(_ => new List<int>())];
        foreach (T label in labels.OrderBy(label => rows[label].Count()).Reverse())
        {
            tests.MinBy(test => test.Count)!.AddRange(rows[label]);
        }

        return [.. tests.Select(test => KFold.FromTestRows(groups.Count, test))];
    }

    /// <summary>
    /// <see cref="Balanced"/>, each fold with inner folds that keep groups together as well, so that no search for
    /// alpha validates on near copies of what it learned from.
    /// </summary>
    /// <param name="groups">[n], the label of each row.</param>
    /// <param name="splits">2 to the number of groups.</param>
    /// <param name="innerSplits">2 to the number of groups of any training set.</param>
    /// <param name="order">How labels sort.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer groups than folds.</exception>
    public static Fold[] Nested<T>(IReadOnlyList<T> groups, int splits, int innerSplits, IComparer<T> order)
        where T : notnull =>
    [
        .. Balanced(groups, splits, order).Select(fold => fold with
        {
            Inner = Balanced([.. fold.Train.Select(row => groups[row])], innerSplits, order),
        }),
    ];

    /// <summary>
    /// Random folds: the sorted labels are permuted by <c>RandomState(seed)</c> and cut into runs, the first
    /// ones a label longer. Sizes play no part, so that one heavy group makes a heavy fold.
    /// </summary>
    /// <param name="groups">[n], the label of each row.</param>
    /// <param name="splits">2 to the number of groups.</param>
    /// <param name="seed">scikit-learn's <c>random_state</c>.</param>
    /// <param name="order">How labels sort; <see cref="StringComparer.Ordinal"/> for text.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer groups than folds.</exception>
    public static Fold[] Shuffled<T>(IReadOnlyList<T> groups, int splits, uint seed, IComparer<T> order)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        ILookup<T, int> rows = RowsByGroup(groups);
        T[] labels = SortedLabels(rows, splits, order);
        int[] permutation = new NumPyRandom(seed).Permutation(labels.Length);
        Fold[] folds = new Fold[splits];
        int start = 0;
        for (int i = 0; i < splits; i++)
        {
            int count = (labels.Length / splits) + (i < labels.Length % splits ? 1 : 0);
            IEnumerable<T> test = permutation.Skip(start).Take(count).Select(place => labels[place]);
            folds[i] = KFold.FromTestRows(groups.Count, test.SelectMany(label => rows[label]));
            start += count;
        }

        return folds;
    }

    /// <summary>
    /// Test rows whose group is also among the training rows, summed over folds: 0 for folds made here.
    /// </summary>
    /// <param name="groups">[n], the label of each row.</param>
    /// <param name="folds">From any way to cut the rows.</param>
    public static int CountTrainedGroups<T>(IReadOnlyList<T> groups, IEnumerable<Fold> folds)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(folds);
        int count = 0;
        foreach (Fold fold in folds)
        {
            HashSet<T> trained = [.. fold.Train.Select(row => groups[row])];
            count += fold.Test.Count(row => trained.Contains(groups[row]));
        }

        return count;
    }

    private static ILookup<T, int> RowsByGroup<T>(IReadOnlyList<T> groups) =>
        Enumerable.Range(0, groups.Count).ToLookup(row => groups[row]);

    private static T[] SortedLabels<T>(ILookup<T, int> rows, int splits, IComparer<T> order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(splits, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(splits, rows.Count);
        return [.. rows.Select(group => group.Key).Order(order)];
    }
}
