using AlignBench.Adapters;
using AlignBench.Adapters.Losses;
using AlignBench.Adapters.Training;
using AlignBench.Similarity;

namespace AlignBench.Experiments.Adapters;

/// <summary>The words of an adapter study's file and what they stand for.</summary>
internal static class AdapterWords
{
    public static (string Word, AdapterKind Value)[] Kinds { get; } =
    [
        ("linear", AdapterKind.Linear), ("mlp_gelu_norm", AdapterKind.MlpGeluNorm), ("mlp_norm_gelu", AdapterKind.MlpNormGelu),
    ];

    public static (string Word, GeluForm Value)[] Gelus { get; } = [("erf", GeluForm.Erf), ("tanh", GeluForm.Tanh)];

    public static (string Word, LossDirection Value)[] Directions { get; } =
        [("image_to_text", LossDirection.ImageToText), ("symmetric", LossDirection.Symmetric)];

    public static (string Word, WarmUp Value)[] WarmUps { get; } =
        [("first_step", WarmUp.FromFirstStep), ("zero", WarmUp.FromZero)];

    public static (string Word, WeightDecay Value)[] Decays { get; } =
        [("all", WeightDecay.All), ("matrices", WeightDecay.Matrices)];

    public static (string Word, SimilarityKind Value)[] Kernels { get; } =
        [("cosine", SimilarityKind.Cosine), ("inner_product", SimilarityKind.InnerProduct)];

    public static (string Word, bool Value)[] Normalizations { get; } = [("none", false), ("l2", true)];

    public static (string Word, bool Value)[] LastBatches { get; } = [("drop", false), ("keep", true)];

    public static (string Word, bool Value)[] Pairs { get; } = [("true", false), ("shuffled", true)];

    public static (string Word, bool Value)[] LambdaLosses { get; } = [("none", false), ("blend", true)];

    public static (string Word, bool Value)[] Precisions { get; } = [("float32", false), ("float64", true)];

    public static (string Word, bool Value)[] Splits { get; } = [("sequential", false), ("random", true)];

    public static (string Word, bool Value)[] RecallEpochs { get; } = [("ends", false), ("all", true)];

    public static (string Word, bool Value)[] Pictures { get; } = [("first", false), ("preferred", true)];

    public static (string Word, SideContent Value)[] Contents { get; } =
        [("images", SideContent.Images), ("captions", SideContent.Captions), ("sounds", SideContent.Sounds)];

    public static string[] RowSets { get; } = ["train", "validation", "all"];

    /// <summary>The value of a word that <see cref="AdapterStudyCheck"/> has let pass.</summary>
    public static T Of<T>((string Word, T Value)[] words, string? word) => words.First(pair => pair.Word == word).Value;
}
