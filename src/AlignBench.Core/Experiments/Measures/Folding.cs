namespace AlignBench.Experiments.Measures;

/// <summary>How an experiment's units are cut into folds, by the words of configs and tables.</summary>
public static class Folding
{
    /// <summary>Shuffled, whatever the units share: what the published presets do.</summary>
    public const string Plain = "plain";

    /// <summary>Units that share a group, an image or a caption are in one fold, inner folds included.</summary>
    public const string Grouped = "grouped";

    /// <summary>In a config: each experiment with <see cref="Plain"/>, and as NAME_grouped with <see cref="Grouped"/>.</summary>
    public const string Both = "both";
}
