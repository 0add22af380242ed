using System.Globalization;
using AlignBench.Nn.Weights;
using AlignBench.Safetensors;

namespace AlignBench.Models;

/// <summary>How a checkpoint lies on disk, as it was recognised from its files and names.</summary>
/// <param name="Files">Names of the files that hold the weights.</param>
/// <param name="Types">How the tensors are stored, the commonest first.</param>
/// <param name="Tensors">How many there are.</param>
/// <param name="Naming">Whose names they have.</param>
/// <param name="Wrapper">The prefix of a wrapper class, with its dot; empty if there is none.</param>
public sealed record CheckpointLayout(
    IReadOnlyList<string> Files, IReadOnlyList<StoredType> Types, int Tensors, string Naming, string Wrapper)
{
    internal static CheckpointLayout Of(IWeightSource source, WeightReader weights) => new(
        [.. source.Files.Select(file => Path.GetFileName(file))],
        [
            .. source.Tensors.Values.GroupBy(tensor => tensor.Type).OrderByDescending(type => type.Count())
                .Select(type => type.Key),
        ],
        source.Tensors.Count,
        weights.Naming,
        weights.Wrapper);

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        string files = Files.Count == 1 ? Files[0] : $"{Files[0]} and {Files.Count - 1} more";
        string types = string.Join(", ", Types.Select(type => type.Name()));
        string under = Wrapper.Length > 0 ? $" under {Wrapper}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Tensors} tensors in {files}, stored as {types}, names of {Naming}{under}");
    }
}
