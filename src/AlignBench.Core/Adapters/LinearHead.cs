using AlignBench.Features;
using AlignBench.Safetensors;
using AlignBench.Similarity.Retrievals;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters;

/// <summary>
/// A linear classifier of frozen features, as DINOv2 publishes them (dinov2_vits14_linear_head.pth: <c>weight</c>
/// [1000, 768], <c>bias</c> [1000] for the class token and the mean patch token side by side; 384 for the class token
/// alone). Pickles are read by the allow-list.
/// </summary>
/// <param name="Weight">[c, e].</param>
/// <param name="Bias">[c].</param>
public sealed record LinearHead(FeatureMatrix Weight, double[] Bias)
{
    /// <summary>c.</summary>
    public int Classes => Weight.Rows;

    /// <summary>e, features that it takes.</summary>
    public int Width => Weight.Columns;

    /// <param name="path">A .safetensors file, or one that torch.save wrote.</param>
    /// <exception cref="CheckpointException">
    /// It can't be read, or has not one matrix (<c>weight</c>, or a name that ends in it) with one bias.
    /// </exception>
    public static LinearHead Read(string path)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using IWeightSource file = Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase)
            ? SafetensorsFile.Open(path)
            : TorchFile.Open(path);
        StoredTensor weight = Single(path, file, "weight", rank: 2);
        StoredTensor bias = Single(path, file, "bias", rank: 1);
        if (bias.Shape[0] != weight.Shape[0])
        {
            throw new CheckpointException(
                $"{path}: expected a bias for each of the {weight.Shape[0]} rows of {weight.Name}, got {bias.Description}");
        }

        return new LinearHead(
            new FeatureMatrix((int)weight.Shape[0], (int)weight.Shape[1], Values(file, weight)), Values(file, bias));
    }

    /// <summary>x Wᵀ + b.</summary>
    /// <param name="x">[n, e].</param>
    public ClassScores Classify(FeatureMatrix x) => ClassScores.Linear(x, Weight, Bias);

    private static StoredTensor Single(string path, IWeightSource file, string name, int rank)
    {
        StoredTensor[] found =
        [
            .. file.Tensors.Values.Where(tensor => tensor.Shape.Count == rank
                && (tensor.Name == name || tensor.Name.EndsWith($".{name}", StringComparison.Ordinal))),
        ];
        return found.Length == 1
            ? found[0]
            : throw new CheckpointException(
                $"{path}: expected one tensor '{name}' of {rank} dimensions, got {string.Join(", ", file.Tensors.Keys.Order())}");
    }

    private static double[] Values(IWeightSource file, StoredTensor tensor) =>
        TensorFile.Read(file, tensor.Name, ScalarType.Float64).data<double>().ToArray();
}
