using AlignBench.Data;
using AlignBench.Experiments.Measures;

namespace AlignBench.Experiments.Kinds;

/// <summary>One condition: which images and captions each unit's features are the mean of.</summary>
/// <param name="Name">The <c>condition</c> column.</param>
/// <param name="Images">[n] units, each the entries (<c>ITEM#K</c>) that are averaged.</param>
/// <param name="Captions">[n], the same for the captions.</param>
/// <param name="Groups">[n] the unit's group: units that share one are not independent.</param>
public sealed record Condition(string Name, string[][] Images, string[][] Captions, string[] Groups)
{
    /// <summary>The conditions that the main tables are made of.</summary>
    internal const string MainSeries = "main";

    /// <summary>Which conditions it belongs with: the main ones, or a control (<see cref="Averages"/>).</summary>
    public string Series { get; init; } = MainSeries;

    /// <summary>In a mean over the conditions of a series.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>m, images averaged in each unit.</summary>
    public int ImagesAveraged => Images.Length == 0 ? 0 : Images[0].Length;

    /// <summary>k, captions averaged in each unit.</summary>
    public int CaptionsAveraged => Captions.Length == 0 ? 0 : Captions[0].Length;
}

/// <summary>How many of something the data had, for <c>counts.csv</c>.</summary>
public readonly record struct UnitCount(string What, long Count);

/// <summary>A table that one kind of experiment adds to the results; rows of experiments of one kind are put together.</summary>
public sealed record PlanTable(string FileName, string[] Columns, IReadOnlyList<object?[]> Rows);

/// <summary>What an experiment computes, decided before the encoders that are compared run.</summary>
public sealed record ExperimentPlan
{
    public required string Experiment { get; init; }

    public required IDataset Dataset { get; init; }

    /// <summary>The items whose images and captions the entries name.</summary>
    public required IReadOnlyList<Item> Items { get; init; }

    public required Condition[] Conditions { get; init; }

    /// <summary>The conditions of the main tables.</summary>
    internal IEnumerable<Condition> Main => Conditions.Where(condition => condition.Series == Condition.MainSeries);

    /// <summary>How units are cut into folds: <c>plain</c> or <c>grouped</c>.</summary>
    public string Folding { get; init; } = Measures.Folding.Plain;

    /// <summary>The paper's figure with these numbers (<c>2a</c>); null if it has none.</summary>
    public string? Figure { get; init; }

    /// <summary>The two conditions of the t test: the first is expected to score higher.</summary>
    public required (string A, string B) Contrast { get; init; }

    /// <summary>Whether the conditions are k = 1, 2, ... of a curve.</summary>
    public bool IsCurve { get; init; }

    /// <summary>Whether the conditions are m images against k captions.</summary>
    public bool IsGrid { get; init; }

    /// <summary>Whether the contrast is of two images of the same unit.</summary>
    public bool ComparesImages { get; init; }

    /// <summary>Every caption with its CLIP score, where conditions come of it.</summary>
    internal IReadOnlyList<ScoredCaption> ScoredCaptions { get; init; } = [];

    public required UnitCount[] Counts { get; init; }

    /// <summary>Further tables of the experiment: file name, columns, rows.</summary>
    public IReadOnlyList<PlanTable> Tables { get; init; } = [];

    public IReadOnlyList<SkippedRow> Skipped { get; init; } = [];

    /// <summary>The distinct entries of one side of all conditions, in order of first use.</summary>
    internal string[] Entries(Func<Condition, string[][]> side) =>
        [.. Conditions.SelectMany(side).SelectMany(entries => entries).Distinct()];
}
