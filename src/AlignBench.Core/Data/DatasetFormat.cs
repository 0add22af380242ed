namespace AlignBench.Data;

/// <summary>One layout that data sets come in.</summary>
public sealed record DatasetFormat
{
    internal DatasetFormat(Func<DatasetSource, IDataset> open) => Open = open;

    /// <summary>As in an experiment file.</summary>
    public required string Name { get; init; }

    /// <summary>One line: what an item is.</summary>
    public required string Description { get; init; }

    /// <summary>The files and their columns.</summary>
    public required string Layout { get; init; }

    /// <summary>Who publishes data in this layout, and where.</summary>
    public required string Source { get; init; }

    /// <summary>The terms of that data.</summary>
    public required string Licence { get; init; }

    /// <summary>Whether the user may name the columns.</summary>
    public bool TakesColumns { get; init; }

    /// <summary>Whether there may be sounds, in a folder of their own.</summary>
    public bool TakesAudio { get; init; }

    internal Func<DatasetSource, IDataset> Open { get; }
}
