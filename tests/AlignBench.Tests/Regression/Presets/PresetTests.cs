using AlignBench.Regression;
using AlignBench.Regression.Presets;

namespace AlignBench.Tests.Regression.Presets;

/// <summary>
/// Every preset against scikit-learn or himalaya on all golden cases: α, curve, predictions, r and R².
/// </summary>
public class PresetTests
{
    // Golden name, preset, and whether each target has its own alpha.
    private static readonly (string Golden, RidgePreset Preset)[] s_presets =
    [
        ("loo_raw_svd", RidgePresets.SklearnUnscaled),
        ("loo_per_target", RidgePresets.SklearnPerTarget),
        ("cv5_r2", RidgePresets.InnerR2),
        ("nested_r2", RidgePresets.NestedR2),
        ("nested_pearson", RidgePresets.NestedR),
        ("himalaya", RidgePresets.Himalaya),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach ((string golden, _) in s_presets)
            {
                foreach (string name in RidgeCase.Names)
                {
                    cases.Add(golden, name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Alphas_AreTheGoldenOnes(string golden, string name)
    {
        Run run = new(golden, name);
        foreach ((int fold, int target, double expected, double actual) in run.Alphas())
        {
            // Where the two best are closer than rounding moves them, either is right (see the goldens'
            // notes).
            bool same = Math.Abs(expected - actual) <= 1e-9 * expected;
            Assert.True(
                same || run.Scores[fold].GapToSecond < 1e-6,
                $"fold {fold}, target {target}: expected {expected:R}, got {actual:R}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_AreTheGoldenOnesAtEqualAlpha(string golden, string name)
    {
        Run run = new(golden, name);
        foreach ((int k, int j, double expected, double actual) in run.Alphas())
        {
            bool same = Math.Abs(expected - actual) <= 1e-9 * expected;
            double tolerance = same ? Tolerance(golden, name, expected) : 1e-7;
            if (double.IsNaN(run.Scores[k].R2[j]))
            {
                continue;
            }

            double r = run.Case.Tensors.Row($"xy.{golden}.r", k)[j];
            double r2 = run.Case.Tensors.Row($"xy.{golden}.r2", k)[j];
            AssertNear(r, run.Scores[k].R[j], tolerance, $"fold {k}, target {j}, r");
            AssertNear(r2, run.Scores[k].R2[j], tolerance, $"fold {k}, target {j}, R2");
        }
    }

    // 1e-12, and what scikit-learn's own error leaves: 1e-14 / alpha with as many columns as rows or more,
    // 1e-6 in unscaled columns of very different size, 1e-10 where predictions hardly vary around the mean.
    private static double Tolerance(string golden, string name, double alpha) => (golden, name) switch
    {
        ("loo_raw_svd", "x_scales") => 1e-6,
        (_, "pure_noise") => 1e-10,
        (_, "wide" or "square" or "minimal_wide" or "noise_free_wide") => Math.Max(1e-12, 1e-14 / alpha),
        _ => 1e-12,
    };

    private static void AssertNear(double expected, double actual, double tolerance, string what)
    {
        double allowed = tolerance * Math.Max(1.0, Math.Abs(expected));
        Assert.True(
            expected.Equals(actual) || Math.Abs(expected - actual) <= allowed,
            $"{what}: expected {expected:R}, got {actual:R}");
    }

    private sealed class Run
    {
        private readonly string _golden;

        public Run(string golden, string name)
        {
            _golden = golden;
            Case = new RidgeCase(name);
            RidgePreset preset = Case.WithGrid(s_presets.Single(p => p.Golden == golden).Preset);
            Scores = [.. RidgeFolds.Decompose(Case.X, Case.Folds, preset).Score(Case.Y).Folds];
        }

        public RidgeCase Case { get; }

        public FoldScore[] Scores { get; }

        public IEnumerable<(int Fold, int Target, double Expected, double Actual)> Alphas()
        {
            double[] expected = Case.Tensors.Values($"xy.{_golden}.alpha");
            int t = Case.Y.Columns;
            for (int k = 0; k < Scores.Length; k++)
            {
                for (int j = 0; j < t; j++)
                {
                    double[] chosen = Scores[k].Alphas;
                    yield return (k, j,
                        expected[expected.Length == Scores.Length ? k : (k * t) + j],
                        chosen[chosen.Length == 1 ? 0 : j]);
                }
            }
        }
    }
}
