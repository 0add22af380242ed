using System.Globalization;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Training;

/// <summary>
/// A checkpoint of a training run (safetensors): weights, both moments of the optimizer, lambda and its optimizer,
/// the generators' states, and tables of what was measured so far. A run that is taken up from one ends in the same
/// bytes as one that was not interrupted.
/// </summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Tables">By name: [rows, columns] of numbers, NaN for an empty cell.</param>
public sealed record TrainerState(int Epoch, IReadOnlyDictionary<string, double[][]> Tables)
{
    private const string EpochKey = "epoch";
    private const string StepsKey = "steps";
    private const string DigestKey = "digest";
    private const string TablePrefix = "table.";

    /// <summary>Writes the trainer's state.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="trainer">Whose state.</param>
    /// <param name="digest">Of everything the run depends on.</param>
    public void Save(string path, AdapterTrainer trainer, string digest)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        List<(string Name, Tensor Values)> tensors =
        [
            .. StateOf(trainer),
            .. GeneratorsOf(trainer).Select(generator => (generator.Name, generator.Random.get_state())),
            .. Tables.Where(table => table.Value.Length > 0).Select(table => (
                TablePrefix + table.Key,
                tensor(table.Value.SelectMany(row => row).ToArray(), [table.Value.Length, table.Value[0].Length]))),
        ];
        TensorFile.Write(path, tensors, new Dictionary<string, string>
        {
            [EpochKey] = Epoch.ToString(CultureInfo.InvariantCulture),
            [StepsKey] = trainer.Optimizer.Steps.ToString(CultureInfo.InvariantCulture),
            [DigestKey] = digest,
        });
    }

    /// <summary>Puts a stored state back.</summary>
    /// <param name="path">Written by <see cref="Save"/>.</param>
    /// <param name="trainer">Made with the same settings; changed.</param>
    /// <param name="digest">Must be the stored one.</param>
    /// <exception cref="CheckpointException">The file is another run's, or not one of these.</exception>
    public static TrainerState Restore(string path, AdapterTrainer trainer, string digest)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (Text(file, DigestKey) != digest)
        {
            throw new CheckpointException(
                $"{path}: made with another config, data or program version; run without --resume to start anew");
        }

        foreach ((string name, Tensor values) in StateOf(trainer))
        {
            Tensor stored = TensorFile.Read(file, name, values.dtype, values.shape);
            values.copy_(stored);
        }

        foreach ((string name, Generator random) in GeneratorsOf(trainer))
        {
            random.set_state(TensorFile.Read(file, name, ScalarType.Byte));
        }

        trainer.Optimizer.Steps = long.Parse(Text(file, StepsKey), CultureInfo.InvariantCulture);
        if (trainer.Blend is BlendWeight blend)
        {
            blend.Optimizer.Steps = trainer.Optimizer.Steps;
        }

        return new TrainerState(
            int.Parse(Text(file, EpochKey), CultureInfo.InvariantCulture),
            file.Tensors.Values.Where(tensor => tensor.Name.StartsWith(TablePrefix, StringComparison.Ordinal))
                .ToDictionary(tensor => tensor.Name[TablePrefix.Length..], tensor => ReadTable(file, tensor)));
    }

    private static IEnumerable<(string Name, Tensor Values)> StateOf(AdapterTrainer trainer)
    {
        yield return ("values", trainer.Parameters.Values);
        yield return ("adam.mean", trainer.Optimizer.Mean);
        yield return ("adam.mean_of_squares", trainer.Optimizer.MeanOfSquares);
        if (trainer.Blend is BlendWeight blend)
        {
            yield return ("lambda.values", blend.Parameters.Values);
            yield return ("lambda.adam.mean", blend.Optimizer.Mean);
            yield return ("lambda.adam.mean_of_squares", blend.Optimizer.MeanOfSquares);
        }
    }

    private static IEnumerable<(string Name, Generator Random)> GeneratorsOf(AdapterTrainer trainer) =>
        trainer.Adapters.Zip(trainer.DropoutRandoms, (adapter, random) => ($"generator.{adapter.Name}", random))
            .Prepend(("generator", trainer.Random));

    private static double[][] ReadTable(SafetensorsFile file, StoredTensor stored) =>
        [.. file.Read<double>(stored.Name).Chunk((int)stored.Shape[1])];

    private static string Text(SafetensorsFile file, string key) => file.Metadata.TryGetValue(key, out string? text)
        ? text
        : throw new CheckpointException($"{file.Files[0]}: not a training checkpoint: metadata '{key}' is missing");
}
