using AlignBench.Features;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Tests.Regression;

/// <summary>One golden ridge case.</summary>
internal sealed class RidgeCase
{
    public RidgeCase(string name)
    {
        Name = name;
        Tensors = new GoldenTensors(TestPaths.Golden("ridge", $"{name}.safetensors"));
        X = Tensors.Matrix("X");
        Y = Tensors.Matrix("Y");
        double[] fold = Tensors.Values("fold");
        int splits = (int)fold.Max() + 1;
        Folds = [.. Enumerable.Range(0, splits).Select(k => KFold.FromTestRows(
            fold.Length, Enumerable.Range(0, fold.Length).Where(i => (int)fold[i] == k)))];
    }

    public static IReadOnlyList<string> Names { get; } =
    [
        "well_posed", "wide", "rank_deficient", "constant_x", "constant_y", "x_scales", "y_scales",
        "noise_free", "noise_free_wide", "pure_noise", "minimal", "minimal_wide", "paper_like", "square",
        "alt_config",
    ];

    public string Name { get; }

    public GoldenTensors Tensors { get; }

    public FeatureMatrix X { get; }

    public FeatureMatrix Y { get; }

    public Fold[] Folds { get; }

    /// <summary>The preset with the case's own grid.</summary>
    public RidgePreset WithGrid(RidgePreset preset) => preset with { Alphas = Tensors.Values("alphas") };

    /// <summary>
    /// How far the leave-one-out error may be from the exact one: what a decomposition in double precision
    /// can do (stated with the goldens). One row alone carrying a column, or a target without noise, leaves
    /// less.
    /// </summary>
    public double CurveTolerance(string direction, double alpha)
    {
        bool limited = (Name, direction) is ("noise_free", _) or ("constant_x", "xy") or ("constant_y", "yx");
        return limited ? Math.Max(1e-12, 3e-13 / alpha) : Name == "square" ? 1e-10 : 1e-11;
    }
}
