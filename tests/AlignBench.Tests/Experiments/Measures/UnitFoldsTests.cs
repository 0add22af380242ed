using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Tests.Experiments.Measures;

public class UnitFoldsTests
{
    private const int N = 120;

    // The best-layer search cuts a fold's training rows again, and a nested preset cuts those once more.
    [Theory]
    [InlineData("neuroaimetrics", false)]
    [InlineData("nested", true)]
    [InlineData("himalaya", true)]
    public void Inside_GroupedFolds_KeepGroupsTogetherAtEveryLevel(string preset, bool hasInner)
    {
        string[] prompts = [.. Enumerable.Range(0, N).Select(i => $"prompt {i % 40}")];
        ExperimentPlan plan = MadeUpFeatures.Plan(prompts, "grouped");
        UnitFolds cut = new(
            plan, RidgePresets.Find(preset), MadeUpFeatures.Model("v", 'i', N, 1, (i, _) => i).Table,
            MadeUpFeatures.Model("l", 'c', N, 1, (i, _) => i).Table);

        foreach (Fold outer in cut.Of(plan.Conditions[0]))
        {
            string[] ofTrain = [.. outer.Train.Select(row => prompts[row])];
            Fold[] inside = cut.Inside(plan.Conditions[0], outer);

            Assert.Equal(5, inside.Length);
            Assert.Equal(0, GroupKFold.CountTrainedGroups(ofTrain, inside));
            foreach (Fold fold in inside)
            {
                Assert.Equal(hasInner, fold.Inner is not null);
                string[] deeper = [.. fold.Train.Select(row => ofTrain[row])];
                Assert.Equal(0, GroupKFold.CountTrainedGroups(deeper, fold.Inner ?? []));
            }
        }
    }
}
