using AlignBench.Regression.Algebra;

namespace AlignBench.Regression.Alphas;

/// <summary>
/// A search for α on one fold's training rows, everything that depends on the features alone already done.
/// Immutable, for any number of target sets.
/// </summary>
internal interface IAlphaSearch
{
    /// <param name="y">[n, t], the training rows' targets, less their means (which no search depends on).</param>
    /// <param name="targets">The same on the axes of the whole training set's decomposition.</param>
    AlphaSearchResult Search(Matrix y, RidgeTargets targets);
}
