using AlignBench.Regression.Algebra;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression.Alphas;

/// <summary>Makes the search that a preset asks for.</summary>
internal static class AlphaSearch
{
    /// <param name="preset">Which.</param>
    /// <param name="fold">Whose training rows these are.</param>
    /// <param name="train">[n, d], the training rows as they are.</param>
    /// <param name="scaled">[n, d], the training rows as scaled for the regression.</param>
    /// <param name="decomposition">Of <paramref name="scaled"/>.</param>
    public static IAlphaSearch Create(
        RidgePreset preset, Fold fold, Matrix train, Matrix scaled, RidgeDecomposition decomposition)
    {
        if (preset.Alphas.Length == 1)
        {
            return new NoSearch();
        }

        return preset.Selection switch
        {
            AlphaSelection.LeaveOneOut => new SharedSearch(new LeaveOneOut(decomposition, preset.Alphas)),
            AlphaSelection.LeaveOneOutPerTarget =>
                new PerTargetSearch(new LeaveOneOut(decomposition, preset.Alphas)),
            AlphaSelection.InnerR2 => new InnerFoldSearch(preset, fold, scaled, InnerScoring.R2, rescale: false),
            AlphaSelection.NestedR2 => new InnerFoldSearch(preset, fold, train, InnerScoring.R2, rescale: true),
            AlphaSelection.NestedR => new InnerFoldSearch(preset, fold, train, InnerScoring.R, rescale: true),
            AlphaSelection.InnerErrorPerTarget => new InnerErrorSearch(preset, fold, scaled),
            _ => throw new ArgumentOutOfRangeException(nameof(preset)),
        };
    }

    private sealed class NoSearch : IAlphaSearch
    {
        public AlphaSearchResult Search(Matrix y, RidgeTargets targets) =>
            new([new AlphaChoice(Index: 0, GapToSecond: double.PositiveInfinity)], Curve: []);
    }

    private sealed class SharedSearch(LeaveOneOut leaveOneOut) : IAlphaSearch
    {
        public AlphaSearchResult Search(Matrix y, RidgeTargets targets) =>
            AlphaSearchResult.ByErrors(leaveOneOut.MeanSquaredErrors(targets));
    }

    private sealed class PerTargetSearch(LeaveOneOut leaveOneOut) : IAlphaSearch
    {
        public AlphaSearchResult Search(Matrix y, RidgeTargets targets) =>
            AlphaSearchResult.ByTarget(leaveOneOut.MeanSquaredErrorsByTarget(targets));
    }
}
