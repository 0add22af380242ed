using AlignBench.Experiments.Kinds;
using Serilog;

namespace AlignBench.Experiments.Measures;

/// <summary>One number of <c>confounds.csv</c>; what does not apply is empty.</summary>
/// <param name="Confound">What might explain an effect instead.</param>
/// <param name="Statistic">Which number about it.</param>
/// <param name="Value">The number.</param>
internal sealed record ConfoundRow(string Confound, string Statistic, double Value)
{
    public string Condition { get; init; } = "";

    public string Direction { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>Two-sided.</summary>
    public double? P { get; init; }

    /// <summary>Observations.</summary>
    public int? N { get; init; }
}

/// <summary>What a reviewer asks for: other reasons why one condition may score higher than another.</summary>
internal static class Confounds
{
    /// <param name="result">Of the experiment.</param>
    /// <param name="vision">Features of its images.</param>
    /// <param name="language">Features of its captions.</param>
    /// <param name="scoring">How it was scored.</param>
    /// <param name="log">Told of images that can't be decoded.</param>
    /// <param name="cancellation">Looked at between images and conditions.</param>
    public static PlanTable Of(
        ExperimentResult result,
        ModelFeatures[] vision,
        ModelFeatures[] language,
        Scoring scoring,
        ILogger log,
        CancellationToken cancellation)
    {
        ExperimentPlan plan = result.Plan;
        List<ConfoundRow> rows = [];
        if (plan.ScoredCaptions.Count > 0)
        {
            rows.AddRange(CaptionLength.Rows(plan));
        }

        if (plan.ComparesImages)
        {
            rows.AddRange(ImageQuality.Rows(plan, log, cancellation));
        }

        if (plan.IsCurve)
        {
            rows.AddRange(NoiseCeiling.Rows(result, vision, language, scoring.Seed));
        }

        rows.AddRange(EqualTargets.Rows(result, vision, language, scoring, cancellation));
        return new PlanTable(
            "confounds.csv",
            ["experiment", "folding", "confound", "condition", "direction", "model", "statistic", "value", "p", "n"],
            [
                .. rows.Select(row => (object?[])
                [
                    plan.Experiment, plan.Folding, row.Confound, row.Condition, row.Direction, row.Model, row.Statistic,
                    row.Value, row.P, row.N,
                ]),
            ]);
    }
}
