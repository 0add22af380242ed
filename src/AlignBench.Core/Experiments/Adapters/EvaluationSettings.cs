namespace AlignBench.Experiments.Adapters;

/// <summary>Which rows take part, and what is measured. Null: the preset's.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Only the first items of the data; 0: all.</summary>
    public int? Rows { get; init; }

    /// <summary>Share of the rows that is trained on, rounded down.</summary>
    public double? TrainShare { get; init; }

    /// <summary><c>sequential</c>: the first rows; <c>random</c>: the first of NumPy's RandomState(seed).permutation(n).</summary>
    public string? Split { get; init; }

    /// <summary>Of the random split and the bootstrap: 0 .. 2^32 - 1.</summary>
    public long? SplitSeed { get; init; }

    /// <summary>Neighbours an item in the main tables.</summary>
    public int? K { get; init; }

    /// <summary>Further numbers of neighbours for <c>hypotheses.csv</c>.</summary>
    public int[]? KSweep { get; init; }

    /// <summary>Weight of the first side in the multimodal embedding.</summary>
    public double? Lambda { get; init; }

    /// <summary>Weights for <c>adapters_lambda.csv</c>.</summary>
    public double[]? LambdaSweep { get; init; }

    /// <summary>What makes neighbours near in <c>hypotheses.csv</c>: <c>cosine</c>, <c>inner_product</c>.</summary>
    public string[]? Kernels { get; init; }

    /// <summary>Row sets that scores are taken on: <c>train</c>, <c>validation</c>, <c>all</c>.</summary>
    public string[]? RowSets { get; init; }

    /// <summary>Epochs with recall: <c>ends</c> (before and after training) or <c>all</c>.</summary>
    public string? RecallEpochs { get; init; }

    /// <summary>Epochs between two scores against the reference; 0: only before and after training.</summary>
    public int? NeighborsEvery { get; init; }

    /// <summary>Resamples of items for the intervals in <c>hypotheses.csv</c>; 0: none.</summary>
    public int? Bootstrap { get; init; }

    /// <summary>Validation items in <c>embedding_map.csv</c>, the first ones; 0: no map.</summary>
    public int? MapItems { get; init; }

    /// <summary>Epochs in the map besides the first and the last.</summary>
    public int[]? MapEpochs { get; init; }

    /// <summary>Whether each epoch's checkpoint is kept, or only the last one.</summary>
    public bool? KeepCheckpoints { get; init; }
}
